import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { downloadPackages } from '../support/archive-packages.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

/** Milliseconds. */
const long = 900_000;

// Both have had security updates since Debian 12 came out, so that the archive has two versions of each.
describeWithMachines('the version that the distribution had before', () => {
  test.each([
    ['redis', ['redis-server', 'redis-tools'], 'redis-server.service'],
    ['memcached', ['memcached'], 'memcached.service'],
  ])(
    '%s is upgraded, rolled back and upgraded again',
    async (_, packages, unit) => {
      await using host = await machineHost();
      const { workspace } = host.files;
      await downloadPackages(host, packages, { distribution: 'debian:12', architecture: 'amd64' });
      await writeFile(join(workspace, 'release-kit.yml'), `smoke:\n  previous: distribution\n  services:\n    - unit: ${unit}\n`);
      const given = { distributions: 'debian:12', architectures: 'amd64', report: 'report.json' };
      const failure: unknown = await run(readInputs(spec, given, { workspace, nameOf: (name) => name }), host).catch(
        (error: unknown) => error,
      );
      if (failure instanceof Error && !(failure instanceof UserError)) throw failure;
      const report = JSON.parse(await readFile(join(workspace, 'report.json'), 'utf8'));
      const track = report.targets[0].tracks.find(({ name }: { name: string }) => name === 'upgrade');
      expect(track.problems.filter(({ level }: { level?: string }) => level !== 'warning')).toEqual([]);
      expect(track.outcome).toBe('passed');
      const steps: readonly string[] = track.steps.map(({ name }: { name: string }) => name);
      expect(steps).toEqual(expect.arrayContaining(['upgrade', 'roll back', 'forward again', 'leftovers']));
    },
    long,
  );
});
