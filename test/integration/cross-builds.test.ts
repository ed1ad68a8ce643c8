/** @slow 200 */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { RecordingHost } from '@release-kit/action';
import { readManifest } from '@release-kit/manifest';
import { buildWith, long, plainSource, runInstalled } from '../support/foreign-build.ts';
import { exampleFolder } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { takesAll } from '../support/selection.ts';

async function takeExample(host: RecordingHost): Promise<string> {
  const source = join(host.files.workspace, 'source');
  await cp(exampleFolder, source, { recursive: true });
  return source;
}

/** Where a cross build needs another compiler, its name is written down. Returns the name of its package. */
async function hardWired(host: RecordingHost): Promise<string> {
  if (takesAll) {
    const makefile = join(await takeExample(host), 'Makefile');
    await writeFile(makefile, `override CC = gcc\n${await readFile(makefile, 'utf8')}`);
    return 'hello-service_1.0.0';
  }
  // Without debhelper, which takes most of the time of an emulated build.
  const source = join(host.files.workspace, 'source');
  await plainSource(source);
  const rules = join(source, 'debian/rules');
  await writeFile(rules, (await readFile(rules, 'utf8')).replace('$(DEB_HOST_GNU_TYPE)-gcc', 'gcc'));
  return 'plain_1.0';
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
      const name = await hardWired(host);
      const outputs = await buildWith(host, {});
      expect(outputs.strategy).toBe('emulate');
      expect(outputs.strategyReason).toMatch(/^the cross build failed: /);
      const [warning] = host.recorded.annotations.filter(({ title }) => title === 'the package does not cross-compile');
      expect(warning).toMatchObject({ level: 'warning', message: expect.stringMatching(/the cross build took \d+(\.\d)? (s|min)/) });
      expect(outputs.packages).toContain(`${name}_arm64.deb`);
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
