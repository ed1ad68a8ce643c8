import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from '@release-kit/machine';
import { readManifest } from '@release-kit/manifest';
import { exampleFolder } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { archivedSource } from '../support/source-archive.ts';

/** Milliseconds; the first test may have to make base systems, the foreign one emulated. */
const long = 1_200_000;
/** Emulated builds of real packages take minutes each; docs/testing.md. */
const describeLong = process.env['RELEASE_KIT_LONG_TESTS'] === '1' ? describeWithMachines : describe.skip;

type Given = Readonly<Record<string, string>>;

function buildWith(host: RecordingHost, given: Given) {
  const all = { source: 'source', architecture: 'arm64', timeout: '2h', ...given };
  return run(readInputs(spec, all, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

async function takeExample(host: RecordingHost): Promise<string> {
  const source = join(host.files.workspace, 'source');
  await cp(exampleFolder, source, { recursive: true });
  return source;
}

/** Installs the packages that were built on a clean system of their architecture, and runs one command there. */
async function runInstalled(host: RecordingHost, distribution: string, command: readonly [string, ...string[]]): Promise<string> {
  const out = join(host.files.workspace, 'out');
  const { files } = await readManifest(join(out, 'manifest.json'));
  const debs = files.filter((file) => file.kind === 'deb' && !file.package.endsWith('-dbgsym')).map((file) => file.path);
  const request = { distribution: parseDistribution(distribution), architecture: 'arm64', packages: basePackages.build };
  await using machine = await createMachine(host, await prepareBase(host, request), 'nspawn');
  await mkdir(join(host.files.workspace, 'debs'));
  for (const deb of debs) await copyFile(join(out, deb), join(host.files.workspace, 'debs', deb));
  await machine.copyIn(join(host.files.workspace, 'debs'), '/srv/debs');
  const install = ['apt-get', '-q', '-y', '--no-install-recommends', 'install', ...debs.map((deb) => `/srv/debs/${deb}`)] as const;
  await machine.run(install, { network: true, timeout: long });
  return (await machine.run(command, { timeout: long })).stdout;
}

/** The compiler's name is written down where a cross build needs another one. */
async function hardWired(host: RecordingHost): Promise<void> {
  const makefile = join(await takeExample(host), 'Makefile');
  await writeFile(makefile, `override CC = gcc\n${await readFile(makefile, 'utf8')}`);
}

describeWithMachines('for a foreign architecture', () => {
  test(
    'the example is cross-compiled by auto, which says why, and its program runs on a system of that architecture',
    async () => {
      await using host = await machineHost();
      await takeExample(host);
      const outputs = await buildWith(host, {});
      expect(outputs).toMatchObject({
        strategy: 'cross',
        strategyReason: expect.stringMatching(/^make: .*its build dependencies can be had for arm64$/),
        packages: 'hello-service-dbgsym_1.0.0_arm64.deb\nhello-service_1.0.0_arm64.deb',
      });
      expect(host.summary.text).toContain('by cross-compiling (make: ');
      const lines = host.recorded.lines.join('\n');
      expect(lines).toMatch(/strategy for arm64: cross \(/);
      expect(lines).toMatch(/dpkg-buildpackage -us -uc -aarm64 -B -Pcross,nocheck/);
      const { files } = await readManifest(outputs.manifest, { digest: outputs.manifestDigest });
      expect(files.map((file) => file.architecture)).toEqual(files.map(() => 'arm64'));
      expect(await runInstalled(host, 'debian:12', ['/usr/sbin/hello-service', '--version'])).toContain('1.0.0');
    },
    long,
  );

  test(
    'a package that does not cross is built emulated, with the cause and the lost time as a warning',
    async () => {
      await using host = await machineHost();
      await hardWired(host);
      const outputs = await buildWith(host, {});
      expect(outputs.strategy).toBe('emulate');
      expect(outputs.strategyReason).toMatch(/^the cross build failed: /);
      const [warning] = host.recorded.annotations.filter(({ title }) => title === 'the package does not cross-compile');
      expect(warning).toMatchObject({ level: 'warning', message: expect.stringMatching(/the cross build took \d+(\.\d)? (s|min)/) });
      expect(outputs.packages).toContain('hello-service_1.0.0_arm64.deb');
    },
    long,
  );

  test(
    'the same fails where cross was asked for, and says what to do',
    async () => {
      await using host = await machineHost();
      await hardWired(host);
      await expect(buildWith(host, { strategy: 'cross' })).rejects.toMatchObject({
        code: 'E_BUILD_CROSS',
        cure: expect.stringMatching(/Or build with the strategy emulate\.$/),
      });
    },
    long,
  );

  test(
    'a build dependency that only the foreign architecture lacks is told as such',
    async () => {
      await using host = await machineHost();
      const control = join(await takeExample(host), 'debian/control');
      await writeFile(control, (await readFile(control, 'utf8')).replace(/^(Build-Depends:.*)$/m, '$1, python3-sphinx'));
      await expect(buildWith(host, { strategy: 'cross' })).rejects.toThrowWithCode(
        'E_BUILD_CROSS',
        /build dependencies cannot be installed/,
      );
    },
    long,
  );

  test(
    'a package for every architecture is built natively, whatever was asked for',
    async () => {
      await using host = await machineHost();
      await cp(join(exampleFolder, '../broken/leftover'), join(host.files.workspace, 'source'), { recursive: true });
      const outputs = await buildWith(host, { strategy: 'emulate' });
      expect(outputs).toMatchObject({ strategy: 'native', strategyReason: 'all its packages are for every architecture' });
    },
    long,
  );
});

/** Name, what is run of it, what that says; distribution and strategy. */
const real = ['hello', 'memcached', 'jq'].flatMap((name) =>
  ['debian:12', 'debian:13'].flatMap((distribution) => ['cross', 'emulate'].map((strategy) => [name, distribution, strategy] as const)),
);
const proof: Readonly<Record<string, readonly [readonly [string, ...string[]], string]>> = {
  hello: [['hello'], 'Hello, world!'],
  memcached: [['memcached', '-V'], 'memcached 1.6'],
  jq: [['jq', '--null-input', '--compact-output', '[1, {"a": 2}]'], '[1,{"a":2}]'],
  gron: [['sh', '-c', 'echo 1 | gron'], 'json = 1;'],
};

async function proveReal(name: string, distribution: string, strategy: string, expected: string): Promise<void> {
  await using host = await machineHost();
  // One source for both distributions; mirrors drop sources of security updates, so jq is the one of the release.
  const dsc = await archivedSource(host, name === 'jq' ? 'jq/bookworm' : name);
  await cp(dirname(dsc), join(host.files.workspace, 'source'), { recursive: true });
  const outputs = await buildWith(host, { source: join('source', basename(dsc)), distribution, strategy });
  expect(outputs.strategy).toBe(expected);
  const [command, said] = proof[name] ?? [['false'], ''];
  expect(await runInstalled(host, distribution, command)).toContain(said);
}

describeLong('packages of the archive for a foreign architecture', () => {
  test.each(real)(
    '%s on %s by %s is built, installed and run',
    (name, distribution, strategy) => proveReal(name, distribution, strategy, strategy),
    3 * long,
  );
  test('gron, which cannot cross, is emulated by auto', () => proveReal('gron', 'debian:12', 'auto', 'emulate'), 3 * long);
});
