/** @slow 90 */
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type ArtifactOptions, CommandError, type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { parseChanges } from '@release-kit/debian';
import { readManifest, verifyFiles } from '@release-kit/manifest';
import { exampleFolder, exampleRepository, git } from '../support/history.ts';
import { tinySource } from '../support/hostile.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { takesAll } from '../support/selection.ts';
import { archivedSource } from '../support/source-archive.ts';

const broken = join(exampleFolder, '../broken');
/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

type Given = Readonly<Record<string, string>>;

function buildWith(host: RecordingHost, given: Given) {
  return run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

/** Copies a folder to `source` in the workspace. */
async function take(host: RecordingHost, from: string): Promise<string> {
  const source = join(host.files.workspace, 'source');
  await cp(from, source, { recursive: true });
  return source;
}

async function failureOf(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => 'nothing failed',
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`not a UserError: ${String(error)}`, { cause: error });
  return error;
}

/** A package of one file whose debian/rules runs `recipe` (lines of shell, one command each) in its build step. */
async function tinyPackage(host: RecordingHost, recipe: readonly string[]): Promise<void> {
  const debian = join(await take(host, join(broken, 'leftover')), 'debian');
  await writeFile(
    join(debian, 'rules'),
    `#!/usr/bin/make -f\n%:\n\tdh $@\n\noverride_dh_auto_build:\n${recipe.map((line) => `\t${line}\n`).join('')}`,
  );
}

/** A source package whose upstream is an archive of its own, with a signature beside it: the path of its .dsc. */
async function quiltSource(host: RecordingHost): Promise<string> {
  const folder = join(host.files.workspace, 'made');
  await tinySource(join(folder, 'tiny'), ['echo "# PASS: $(cat tests)"'], '1.0-1');
  await writeFile(join(folder, 'tiny/tests'), '3\n');
  await writeFile(join(folder, 'tiny/debian/source/format'), '3.0 (quilt)\n');
  const upstream = 'tiny_1.0.orig.tar.gz';
  await host.exec(['tar', '--create', '--gzip', '--exclude=debian', '--file', upstream, 'tiny'], { cwd: folder });
  await writeFile(join(folder, `${upstream}.asc`), '-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n');
  await host.exec(['dpkg-source', '--build', 'tiny'], { cwd: folder });
  return join(folder, 'tiny_1.0-1.dsc');
}

describeWithMachines('build-deb', () => {
  test(
    'builds the example twice to the same bytes, and says what it did',
    async () => {
      await using host = await machineHost();
      await take(host, exampleFolder);
      const first = await buildWith(host, { source: 'source' });
      const out = join(host.files.workspace, 'out');
      expect(first).toMatchObject({
        version: '1.0.0',
        manifest: join(out, 'manifest.json'),
        artifactId: '',
        packages: 'hello-service-dbgsym_1.0.0_amd64.deb\nhello-service_1.0.0_amd64.deb',
      });
      const manifest = await readManifest(first.manifest, { digest: first.manifestDigest });
      await verifyFiles(manifest, out);
      expect(manifest.sourceDateEpoch).toBe(1_768_478_400);
      expect(manifest.files.map((file) => [file.kind, file.path, file.architecture, file.distribution])).toEqual([
        ['deb', 'hello-service-dbgsym_1.0.0_amd64.deb', 'amd64', 'debian:12'],
        ['buildinfo', 'hello-service_1.0.0_amd64.buildinfo', 'amd64', 'debian:12'],
        ['changes', 'hello-service_1.0.0_amd64.changes', 'amd64', 'debian:12'],
        ['deb', 'hello-service_1.0.0_amd64.deb', 'amd64', 'debian:12'],
      ]);
      expect((await readdir(out)).sort()).toEqual([...manifest.files.map((file) => file.path), 'logs', 'manifest.json'].sort());
      expect(await readFile(join(out, 'logs/build.log'), 'utf8')).toMatch(/\n {3}dh_auto_test\n[\s\S]*17 checks, 0 failed/);
      expect(host.recorded.lines.join('\n')).toMatch(/network off, user builder, 0 compiler warnings/);
      expect(host.recorded.updates).toContain('building: dh_auto_test');
      expect(host.summary.text).toContain('| `hello-service` | `1.0.0` | `amd64` |');

      const uploaded: (readonly string[])[] = [];
      const artifacts = {
        upload: async (name: string, files: readonly string[], root: string, { retentionDays }: ArtifactOptions = {}) => {
          const [first = ''] = files;
          const { stdout } = first.endsWith('.tar') ? await host.exec(['tar', '--list', '--file', first]) : { stdout: '' };
          uploaded.push([name, String(retentionDays), ...files.map((file) => file.slice(root.length + 1)), ...stdout.trim().split('\n')]);
          return { id: '42', digest: 'ab' };
        },
        download: async () => {},
      };
      // As in a checkout that was made long ago.
      await host.exec(['find', join(host.files.workspace, 'source'), '-exec', 'touch', '-h', '-d', '2020-01-01', '{}', '+']);
      const again = { source: 'source', output: 'again', parallel: '1', artifact: 'packages', 'retention-days': '3' };
      const second = await buildWith({ ...host, artifacts }, again);
      const names = [...manifest.files.map((file) => file.path), 'manifest.json'];
      expect(second).toMatchObject({ artifactId: '42', artifactName: 'packages', artifactDigest: 'ab' });
      expect(uploaded).toEqual([
        ['packages', '3', 'packages.tar', ...names],
        ['packages-log', '3', 'build.json', 'build.log', ''],
      ]);
      const debs = (text: { files: typeof manifest.files }) => text.files.filter((file) => file.kind === 'deb').map((file) => file.sha256);
      expect(debs(await readManifest(second.manifest, {}))).toEqual(debs(manifest));
    },
    long,
  );

  test(
    'builds the version of a tag, with an entry of its own in the package, and the source package when asked',
    async () => {
      await using host = await machineHost();
      const source = join(host.files.workspace, 'source');
      await exampleRepository(source, { tag: 'v1.1.0-rc.1' });
      await mkdir(join(source, 'out'));
      await writeFile(join(source, 'out/old.txt'), 'from an earlier run');
      const outputs = await buildWith(host, { source: 'source', output: 'source/out', version: 'v1.1.0-rc.1', 'include-source': 'true' });
      const out = join(source, 'out');
      expect(outputs.version).toBe('1.1.0~rc.1');
      const names = (await readManifest(outputs.manifest, {})).files.map((file) => `${file.kind} ${file.path}`);
      expect(names).toEqual(
        expect.arrayContaining([
          'dsc hello-service_1.1.0~rc.1.dsc',
          'source hello-service_1.1.0~rc.1.tar.xz',
          'deb hello-service_1.1.0~rc.1_amd64.deb',
        ]),
      );
      const { stdout: content } = await host.exec(['tar', '-tJf', join(out, 'hello-service_1.1.0~rc.1.tar.xz')]);
      expect(content).toContain('debian/changelog');
      expect(content).not.toMatch(/\.git\/|old\.txt|manifest\.json/);
      const changes = parseChanges(await readFile(join(out, 'hello-service_1.1.0~rc.1_amd64.changes'), 'utf8'), 'changes');
      expect(changes.distribution).toBe('unstable');
      const time = Number(await git(source, 0, ['log', '-1', '--format=%ct']));
      expect((await readManifest(outputs.manifest, {})).sourceDateEpoch).toBe(Math.max(time, 1_768_478_401));
      expect(await readFile(join(source, 'debian/changelog'), 'utf8')).toMatch(/^hello-service \(1\.0\.0\)/);
      expect(host.recorded.lines[0]).toMatch(/1\.1\.0~rc\.1 \(from v1\.1\.0-rc\.1; debian\/changelog says 1\.0\.0/);
    },
    long,
  );

  test(
    'builds a source package of upstream with its tests, at a newer version',
    async () => {
      await using host = await machineHost();
      const { dsc, name, version, next } = takesAll
        ? { dsc: await archivedSource(host, 'hello'), name: 'hello', version: '2.10', next: '2.10-4' }
        : { dsc: await quiltSource(host), name: 'tiny', version: '1.0', next: '1.0-2' };
      const outputs = await buildWith(host, { source: dsc, version: next, 'include-source': 'true' });
      expect(outputs.version).toBe(next);
      expect(outputs.packages.split('\n')).toEqual(
        takesAll ? [`hello-dbgsym_${next}_amd64.deb`, `hello_${next}_amd64.deb`] : [`tiny_${next}_all.deb`],
      );
      expect(await readFile(join(host.files.workspace, 'out/logs/build.log'), 'utf8')).toMatch(/^# PASS: +[1-9]/m);
      const kinds = (await readManifest(outputs.manifest, {})).files
        .filter((file) => /source|dsc/.test(file.kind))
        .map((file) => file.path);
      const upstream = `${name}_${version}.orig.tar.gz`;
      expect(kinds).toEqual([`${name}_${next}.debian.tar.xz`, `${name}_${next}.dsc`, upstream, `${upstream}.asc`]);
    },
    long,
  );

  test(
    'refuses a source package whose file was changed or is missing',
    async () => {
      await using host = await machineHost();
      const dsc = await quiltSource(host);
      await writeFile(join(dsc, '../tiny_1.0.orig.tar.gz'), 'something else');
      await expect(buildWith(host, { source: dsc })).rejects.toThrowWithCode('E_DIGEST', /tiny_1\.0\.orig\.tar\.gz/);
      await cp(dsc, join(host.files.workspace, 'alone.dsc'));
      await expect(buildWith(host, { source: 'alone.dsc' })).rejects.toThrowWithCode('E_SOURCE', /not beside it/);
    },
    long,
  );

  test(
    'shows a compiler error at its source line',
    async () => {
      await using host = await machineHost();
      await take(host, join(broken, 'compile-error'));
      const error = await failureOf(buildWith(host, { source: 'source' }));
      expect(error).toMatchObject({ code: 'E_BUILD_COMPILE', place: { file: 'source/main.c', line: 5, column: 24 } });
      expect(error.message).toMatch(/undeclared_answer/);
      expect(error instanceof CommandError && error.failure.lastLines.join('\n')).toMatch(/dpkg-buildpackage: error/);
      expect(await readdir(join(host.files.workspace, 'out'))).toEqual(['logs']);
      expect(await readFile(join(host.files.workspace, 'out/logs/build.log'), 'utf8')).toMatch(/main\.c:5:24: error/);
    },
    long,
  );

  test(
    'rebuilds the binary packages alone: their version is the next, that of their source stays',
    async () => {
      await using host = await machineHost();
      await take(host, exampleFolder);
      const outputs = await buildWith(host, { source: 'source', rebuild: '2' });
      expect(outputs).toMatchObject({ version: '1.0.0+b2', packages: expect.stringContaining('hello-service_1.0.0+b2_amd64.deb') });
      const changes = await readFile(join(host.files.workspace, 'out/hello-service_1.0.0+b2_amd64.changes'), 'utf8');
      expect(changes).toMatch(/^Source: hello-service \(1\.0\.0\)$/m);
      expect(changes).toMatch(/^Binary-Only: yes$/m);
    },
    long,
  );

  test(
    'shows a missing build dependency at its line of debian/control',
    async () => {
      await using host = await machineHost();
      await take(host, join(broken, 'missing-dependency'));
      const error = await failureOf(buildWith(host, { source: 'source' }));
      expect(error).toMatchObject({ code: 'E_BUILD_DEPENDS', place: { file: 'source/debian/control', line: 6 } });
      expect(error.message).toMatch(/libdoes-not-exist-dev \(>= 1\.0\).*not installable/);
    },
    long,
  );

  test.each(['dying-service', 'leftover', 'lintian-error'])(
    '%s of the broken examples builds',
    async (name) => {
      await using host = await machineHost();
      await take(host, join(broken, name));
      expect((await buildWith(host, { source: 'source' })).packages).toBe(`${name}_1.0_all.deb`);
    },
    long,
  );

  test(
    'installs a build dependency that the base system lacks, with the network on for that alone',
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, [
        'test -x /usr/games/sl',
        'test "$$(ls /sys/class/net)" = lo',
        'test "$$(id -un)" = builder',
        '! touch "$$HOME/file"',
        '! touch /etc/not-root',
        'test "$$(umask)" = 0022',
        'echo "options: $$DEB_BUILD_OPTIONS"',
        'test "$$DEB_BUILD_PROFILES" = "nocheck nodoc"',
      ]);
      const control = join(host.files.workspace, 'source/debian/control');
      await writeFile(control, (await readFile(control, 'utf8')).replace('(= 13)', '(= 13), sl, libdoes-not-exist-dev <!nocheck>'));
      await buildWith(host, { source: 'source', options: 'nostrip', parallel: '3', profiles: 'nocheck\nnodoc' });
      expect(host.recorded.lines.join('\n')).toMatch(/build dependencies: (?:[1-9]\d* packages installed in|from the cache)/);
      const log = await readFile(join(host.files.workspace, 'out/logs/build.log'), 'utf8');
      expect(/^options: (.*)$/m.exec(log)?.[1]?.split(' ').sort()).toEqual(['nocheck', 'nodoc', 'nostrip', 'parallel=3']);
      await buildWith(host, { source: 'source', options: 'nostrip', parallel: '3', profiles: 'nocheck\nnodoc' });
      expect(host.recorded.lines.findLast((line) => line.includes('build dependencies: '))).toMatch(/build dependencies: from the cache/);
    },
    long,
  );

  test(
    'a build that downloads fails for the network, unless the network is allowed',
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, [
        'perl -MIO::Socket::INET -e \'IO::Socket::INET->new(PeerAddr => "192.0.2.1:80", Timeout => 5) or die "fetch: Could not resolve host: example.org\\n"\'',
      ]);
      await expect(buildWith(host, { source: 'source' })).rejects.toThrowWithCode('E_BUILD_NETWORK');
      await tinyPackage(host, ['test "$$(ls /sys/class/net)" != lo']);
      await buildWith(host, { source: 'source', network: 'true' });
    },
    long,
  );

  test(
    'says which announced package was not made',
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, ['true']);
      const rules = join(host.files.workspace, 'source/debian/rules');
      await writeFile(
        rules,
        `${await readFile(rules, 'utf8')}\noverride_dh_builddeb:\n\tdh_builddeb -Nleftover-extra\n\noverride_dh_gencontrol:\n\tdh_gencontrol -Nleftover-extra\n`,
      );
      const control = join(host.files.workspace, 'source/debian/control');
      await writeFile(control, `${await readFile(control, 'utf8')}\nPackage: leftover-extra\nArchitecture: all\nDescription: never made\n`);
      await expect(buildWith(host, { source: 'source' })).rejects.toThrowWithCode('E_BUILD_OUTPUT', /announces leftover-extra/);
      expect(await readdir(join(host.files.workspace, 'out'))).toEqual(['logs']);
    },
    long,
  );

  test(
    'a package that dpkg refuses fails the build, which keeps what was there before',
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, ['true']);
      await mkdir(join(host.files.workspace, 'out'));
      await writeFile(join(host.files.workspace, 'out/manifest.json'), 'old');
      const rules = join(host.files.workspace, 'source/debian/rules');
      await writeFile(
        rules,
        `${await readFile(rules, 'utf8')}\nexecute_after_dh_gencontrol:\n\tsed -i 's/^Architecture: all$$/Architecture: all;id/' debian/leftover/DEBIAN/control\n`,
      );
      await expect(buildWith(host, { source: 'source' })).rejects.toThrowWithCode('E_BUILD');
      expect(await readFile(join(host.files.workspace, 'out/manifest.json'), 'utf8')).toBe('old');
    },
    long,
  );

  test(
    'a link in the source stays a link, and a product that is a link is refused',
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, ['test -L passwd', 'test "$$(readlink passwd)" = /etc/shadow', '! cat passwd']);
      await symlink('/etc/shadow', join(host.files.workspace, 'source/passwd'));
      const rules = join(host.files.workspace, 'source/debian/rules');
      await writeFile(
        rules,
        `${await readFile(rules, 'utf8')}\noverride_dh_builddeb:\n\tdh_builddeb --destdir=../hidden\n\tln -s hidden/leftover_1.0_all.deb ../leftover_1.0_all.deb\n`,
      );
      await writeFile(rules, (await readFile(rules, 'utf8')).replace('dh_builddeb --dest', 'mkdir -p ../hidden\n\tdh_builddeb --dest'));
      await expect(buildWith(host, { source: 'source' })).rejects.toThrowWithCode('E_BUILD_OUTPUT', /leftover_1\.0_all\.deb/);
    },
    long,
  );

  test(
    'a build that never ends is ended',
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, ['sleep 1000']);
      await expect(buildWith(host, { source: 'source', timeout: '8s' })).rejects.toThrowWithCode('E_TIMEOUT', /the build took longer/);
    },
    long,
  );

  test(
    "a failure of the package's own tests is told from one of the compiler",
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, ['true']);
      const rules = join(host.files.workspace, 'source/debian/rules');
      await writeFile(rules, `${await readFile(rules, 'utf8')}\noverride_dh_auto_test:\n\t@echo "FAIL: greeting"; false\n`);
      await expect(buildWith(host, { source: 'source' })).rejects.toThrowWithCode('E_BUILD_TEST', /greeting/);
      await buildWith(host, { source: 'source', options: 'nocheck' });
    },
    long,
  );

  test(
    'an interrupt ends the build and leaves nothing but the log',
    async () => {
      const controller = new AbortController();
      await using host = await machineHost({ signal: controller.signal });
      await tinyPackage(host, ['touch ../half-done', 'sleep 1000']);
      const running = buildWith(host, { source: 'source' });
      const timer = setInterval(() => {
        if (host.recorded.updates.some((text) => text.includes('override_dh_auto_build')))
          controller.abort(new UserError('E_CANCELLED', 'interrupted'));
      }, 50);
      try {
        await expect(running).rejects.toThrowWithCode('E_CANCELLED');
      } finally {
        clearInterval(timer);
      }
      expect(await readdir(join(host.files.workspace, 'out'))).toEqual(['logs']);
      expect(await readdir(join(host.files.workspace, '../temporary'))).toEqual([]);
      expect(await readFile('/proc/self/mountinfo', 'utf8')).not.toContain(join(host.files.workspace, '..'));
    },
    long,
  );
});
