import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { type DockerDaemon, dockerAble, startDockerDaemon } from '@release-kit/machine/docker-daemon';
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
  let outer: RecordingHost;
  let daemon: DockerDaemon | undefined;
  beforeAll(async () => {
    outer = await recordingHost();
    daemon = await startDockerDaemon(outer);
  }, long);
  afterAll(async () => {
    await daemon?.[Symbol.asyncDispose]();
    await outer[Symbol.asyncDispose]();
  }, long);

  test(
    'the example is upgraded from the release before it, rolled back and upgraded again',
    async () => {
      await using host = await machineHost({ env: { DOCKER_HOST: daemon?.address ?? '' } });
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
      await smokeArchived(name, { distribution, architecture: 'amd64' }, daemon?.address);
    },
    long,
  );
});
