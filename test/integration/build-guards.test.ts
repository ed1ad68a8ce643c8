import { chmod, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { exampleFolder, exampleRepository, git } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

const buildWith = (host: RecordingHost, given: Readonly<Record<string, string>>) =>
  run(readInputs(spec, { source: 'source', ...given }, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);

/** A package of one source file and these lines of debian/rules after `dh`. */
async function tinyPackage(host: RecordingHost, given: { readonly depends?: string; readonly rules: readonly string[] }): Promise<void> {
  const source = join(host.files.workspace, 'source');
  await cp(join(exampleFolder, '../broken/leftover'), source, { recursive: true });
  await writeFile(join(source, 'main.c'), '#include <stdio.h>\nint main(void) { return puts("x") < 0; }\n');
  const control = join(source, 'debian/control');
  const text = (await readFile(control, 'utf8')).replace(/^Architecture: .*/m, 'Architecture: any');
  await writeFile(control, text.replace(/^Depends: .*\n/m, given.depends === undefined ? '' : `Depends: ${given.depends}\n`));
  await writeFile(join(source, 'debian/rules'), `#!/usr/bin/make -f\n%:\n\tdh $@\n${given.rules.join('\n')}\n`);
  await chmod(join(source, 'debian/rules'), 0o755);
}

const compile = [
  'override_dh_auto_build:',
  '\t$(CC) -o program main.c',
  'override_dh_auto_install:',
  '\tinstall -D program debian/leftover/usr/bin/program',
];

describeWithMachines('the guards of build-deb', () => {
  test(
    'refuse files of the build user, and a version that is not the one of the tag',
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, {
        depends: '$' + '{shlibs:Depends}',
        rules: [
          ...compile,
          'override_dh_strip:',
          'override_dh_gencontrol:',
          '\tdh_gencontrol -- -v9.9',
          'override_dh_builddeb:',
          '\tdpkg-deb -b debian/leftover ..',
        ],
      });
      await expect(buildWith(host, { version: 'v2.0.0' })).rejects.toThrowWithCode(
        'E_BUILD_GUARD',
        /would belong to user 2000.*1 more finding is in the log/,
      );
      expect(host.recorded.lines.join('\n')).toMatch(/version: leftover has version 9\.9, but 2\.0\.0 was to be built/);
    },
    long,
  );

  test(
    'warn of an empty Depends in a native build, refuse what the oldest target cannot read or run, and let it pass when told so',
    async () => {
      await using host = await machineHost();
      await tinyPackage(host, { rules: [...compile, 'override_dh_builddeb:', '\tdh_builddeb -- -Zzstd'] });
      await expect(buildWith(host, { 'oldest-target': 'debian:11' })).rejects.toThrowWithCode(
        'E_BUILD_GUARD',
        /is compressed with Zstandard, which dpkg of debian:11 cannot read; [1-9] more finding/,
      );
      expect(host.recorded.lines.join('\n')).toMatch(/libc: .*\/usr\/bin\/program needs GLIBC_2\.34, but debian:11 has glibc 2\.31/);
      expect(host.recorded.annotations).toEqual([
        expect.objectContaining({
          level: 'warning',
          title: 'package check: depends',
          message: expect.stringMatching(/has an empty Depends, but \/usr\/bin\/program needs libc\.so\.6/),
        }),
      ]);
      const { packages } = await buildWith(host, { 'oldest-target': 'debian:11', guards: 'warning', output: 'again' });
      expect(packages).toMatch(/leftover_/);
      expect(host.recorded.annotations.map((annotation) => annotation.title)).toContain('package check: libc');
    },
    long,
  );

  test(
    'are silent on a snapshot of the example, which is built at its own version without touching the tree',
    async () => {
      await using host = await machineHost();
      const source = join(host.files.workspace, 'source');
      await exampleRepository(source, { tag: 'v1.0.0' });
      await git(source, 30, ['commit', '--quiet', '--allow-empty', '--message', 'feat: more']);
      const commit = (await git(source, 0, ['rev-parse', 'HEAD'])).slice(0, 7);
      const outputs = await buildWith(host, { version: 'snapshot' });
      expect(outputs.version).toMatch(new RegExp(`^1\\.0\\.1~~git20251224\\.[0-9]+\\.${commit}$`));
      expect(host.recorded.annotations).toEqual([]);
      expect(await git(source, 0, ['status', '--porcelain', '--', 'debian'])).toBe('');
      const deb = join(host.files.workspace, 'out', outputs.packages.split('\n').at(-1) ?? '');
      const { stdout } = await host.exec([
        'sh',
        '-c',
        'dpkg-deb --fsys-tarfile "$0" | tar -xO ./usr/share/doc/hello-service/changelog.gz | gunzip | head -3',
        deb,
      ]);
      expect(stdout).toBe(`hello-service (${outputs.version}) unstable; urgency=medium\n\n  * Snapshot of commit ${commit}.\n`);
    },
    long,
  );
});
