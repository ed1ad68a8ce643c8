/** @slow 130 */
import { chmod, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { plainSource } from '../support/foreign-build.ts';
import { exampleFolder } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { takesAll } from '../support/selection.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 600_000;

const buildWith = (host: RecordingHost, given: Readonly<Record<string, string>>) =>
  run(readInputs(spec, { source: 'source', ...given }, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);

/** A package that writes what these commands say into files of its own. */
async function leakyPackage(host: RecordingHost, commands: Readonly<Record<string, string>>): Promise<void> {
  const source = join(host.files.workspace, 'source');
  await cp(join(exampleFolder, '../broken/leftover'), source, { recursive: true });
  const recipe = Object.entries(commands).map(([name, command]) => `\t${command} > debian/leftover/usr/share/leaky/${name}\n`);
  await writeFile(
    join(source, 'debian/rules'),
    `#!/usr/bin/make -f\n%:\n\tdh $@\n\noverride_dh_auto_install:\n\tmkdir -p debian/leftover/usr/share/leaky\n${recipe.join('')}`,
  );
  await chmod(join(source, 'debian/rules'), 0o755);
}

describeWithMachines('building again', () => {
  test(
    'in another place gives the example the same bytes, and says what was varied',
    async () => {
      await using host = await machineHost();
      await cp(exampleFolder, join(host.files.workspace, 'source'), { recursive: true });
      const outputs = await buildWith(host, { reproducible: 'require', 'include-source': 'true' });
      expect(outputs.reproducible).toBe('true');
      expect(outputs.equivalent).toBe('');
      expect(host.summary.text).toMatch(/### Reproducible\n\nYes: 4 files have the same bytes/);
      expect(host.summary.text).toMatch(/Varied: path .*second-place.*umask.*EE.*GMT.*second-machine.*400 days later/);
      expect(host.recorded.annotations).toEqual([]);
      expect(await readFile(join(host.files.workspace, 'out/logs/second-build.log'), 'utf8')).toMatch(/dh_auto_build/);
    },
    long,
  );

  test(
    'tells what depends on the place, and why',
    async () => {
      await using host = await machineHost();
      await leakyPackage(host, {
        date: 'date +%Y-%m-%d',
        path: 'pwd',
        user: 'id -un',
        host: 'uname -n',
        order: `printf '%s\\n' tall zebra under | sort`,
        jobs: 'echo "$$DEB_BUILD_OPTIONS"',
        steady: 'echo the same',
      });
      const error: unknown = await buildWith(host, { reproducible: 'require' }).catch((reason: unknown) => reason);
      if (!(error instanceof UserError)) throw new Error('not a UserError', { cause: error });
      expect(error.code).toBe('E_BUILD_REPRODUCIBLE');
      for (const cause of [
        /the path of the build folder/,
        /the user who builds/,
        /the name of the host/,
        /order of lines/,
        /the time or date/,
        /number of processors or jobs/,
      ])
        expect(error.message).toMatch(cause);
      expect(error.message).toMatch(/^leftover_.*\.deb differ when built in another place/);
      const report = await readFile(join(host.files.workspace, 'out/logs/diffoscope.txt'), 'utf8');
      expect(report).toContain('./usr/share/leaky/date');
      expect(report).not.toContain('├── ./usr/share/leaky/steady');
      expect(host.summary.text).toMatch(/They differ in .*`\/usr\/share\/leaky\/date`/);
      // What was built stays, for whoever looks for the difference.
      expect(await readFile(join(host.files.workspace, 'out/manifest.json'), 'utf8')).toContain('leftover_');
    },
    long,
  );

  test(
    'emulated, what was cross-compiled, finds both equivalent',
    async () => {
      await using host = await machineHost();
      const source = join(host.files.workspace, 'source');
      await (takesAll ? cp(exampleFolder, source, { recursive: true }) : plainSource(source));
      const outputs = await buildWith(host, { architecture: 'arm64', strategy: 'cross', equivalence: 'require' });
      expect(outputs).toMatchObject({ strategy: 'cross', equivalent: 'true', reproducible: '' });
      expect(host.summary.text).toMatch(/### Equivalent\n\nYes \((?:2 packages|1 package), cross-compiled and built emulated/);
      const other = await buildWith(host, { output: 'native', 'compare-with': 'out/manifest.json' });
      expect(other).toMatchObject({ strategy: 'native', equivalent: '' });
      expect(host.recorded.lines).toContain('dependencies: the same packages for amd64 and for arm64');
      expect(host.recorded.annotations).toEqual([]);
    },
    long,
  );
});
