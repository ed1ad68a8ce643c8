import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { chooseStrategy, lookAtSource, needsOf } from '@release-kit/action-build-deb';
import { parseDistribution } from '@release-kit/debian';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { archivedSource } from '../support/source-archive.ts';

/** Milliseconds; the first test may have to make the base system and the toolchain. */
const long = 600_000;

/** Source packages of Debian 12, one of each kind, and what `auto` says of them. The same table stands in docs/strategies.md. */
const choices: readonly (readonly [string, string, RegExp])[] = [['hello', 'cross', /^autotools: configure is given --host/]];

describeWithMachines('auto for arm64 on another host', () => {
  test.each(choices)(
    '%s: %s',
    async (name, strategy, reason) => {
      await using host = await machineHost();
      const source = await lookAtSource(await archivedSource(host, name), host.files.workspace);
      const logFile = join(host.files.workspace, 'log');
      await writeFile(logFile, '');
      const decision = await chooseStrategy(host, {
        source,
        needs: await needsOf(source),
        distribution: parseDistribution('debian:12'),
        architecture: 'arm64',
        wanted: 'auto',
        buildAll: true,
        tests: 'auto',
        localPackages: [],
        engine: 'nspawn',
        mirror: undefined,
        image: undefined,
        version: undefined,
        output: join(host.files.workspace, 'out'),
        profiles: [],
        options: [],
        logFile,
        deadline: () => long,
      });
      expect(decision).toEqual({ strategy, reason: expect.stringMatching(reason) });
    },
    long,
  );
});
