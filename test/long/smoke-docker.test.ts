import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { dockerAble } from '@release-kit/machine/docker-daemon';
import { dockerForAll } from '../support/docker-for-all.ts';
import { exampleReleases } from '../support/example-releases.ts';
import { machineHost } from '../support/machine-host.ts';
import { archivedDaemons, archivedNames, smokeArchived } from '../support/smoke-archive.ts';

/** Milliseconds; the first run has to make base systems. */
const long = 1_200_000;
const distributions = ['debian:12', 'debian:13'];

const rows = distributions.flatMap((distribution) =>
  archivedNames.map((name) => [name, archivedDaemons[name].kind, distribution] as const),
);

(dockerAble ? describe : describe.skip)('in machines by Docker packages live as in those by nspawn', () => {
  const docker = dockerForAll(long);

  test(
    'the example is upgraded from the release before it, rolled back and upgraded again',
    async () => {
      await using host = await machineHost({ env: { DOCKER_HOST: docker.address } });
      const { second } = await exampleReleases(host);
      const given = {
        manifest: second.manifest,
        source: 'second',
        previous: './first-out/manifest.json',
        report: 'report.json',
        engine: 'docker',
      };
      const where = { workspace: host.files.workspace, nameOf: (input: string) => input };
      const outputs = await run(readInputs(spec, { ...given, distributions: distributions.join('\n') }, where), host);
      expect(outputs).toMatchObject({ result: 'passed', leftover: '', failedTargets: '' });
      const { targets } = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
      expect(targets).toHaveLength(distributions.length);
      for (const { tracks } of targets) {
        const upgrade = tracks.find(({ name }: { name: string }) => name === 'upgrade');
        expect(upgrade.outcome).toBe('passed');
        const steps: readonly string[] = upgrade.steps.map(({ name }: { name: string }) => name);
        expect(steps).toEqual(expect.arrayContaining(['upgrade', 'roll back', 'forward again', 'leftovers']));
      }
    },
    long,
  );

  test.each(rows)(
    '%s (%s) on %s',
    async (name, _, distribution) => {
      await smokeArchived(name, { distribution, architecture: 'amd64' }, docker.address);
    },
    long,
  );
});
