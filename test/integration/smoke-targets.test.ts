import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';

/** Milliseconds; base systems may have to be made. */
const long = 600_000;

async function smoke(host: RecordingHost, given: Readonly<Record<string, string>>) {
  const { workspace } = host.files;
  const out = join(workspace, 'out');
  await mkdir(out);
  await manifestOf(out, [await tinyPackage(host, out, { name: 'tiny', scripts: { postinst: 'echo ::error::hello' } })]);
  const inputs = { timeout: '120s', report: 'report.json', junit: 'junit.xml', ...given };
  return run(readInputs(spec, inputs, { workspace, nameOf: (name) => `input ${name}` }), host);
}

/** A system that cannot be made, for a reason that is the same everywhere. */
const nowhere = 'debian:13=./no-such-system.tar';

describeWithMachines('several systems', () => {
  test(
    'are tried at the same time, each line says which it is about, and results stand in the order of the targets',
    async () => {
      await using host = await machineHost();
      const outputs = await smoke(host, { distributions: 'debian:13\ndebian:12', jobs: '2' });
      expect(outputs).toMatchObject({ result: 'passed', failedTargets: '', skippedTargets: '' });
      const { lines, updates } = host.recorded;
      const labels = lines.map((line) => /^(debian:1[23])\/amd64: ✓ /.exec(line)?.[1]).filter((label) => label !== undefined);
      expect(lines.filter((line) => /^[✓✗–] /.test(line))).toEqual([]);
      expect(new Set(labels)).toEqual(new Set(['debian:12', 'debian:13']));
      // Neither waited for the other's end.
      expect(labels.lastIndexOf('debian:13')).toBeGreaterThan(labels.indexOf('debian:12'));
      expect(labels.lastIndexOf('debian:12')).toBeGreaterThan(labels.indexOf('debian:13'));
      expect(updates.some((update) => /^debian:1[23]\/amd64: .+ · debian:1[23]\/amd64: .+/.test(update))).toBe(true);
      const report = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
      expect(report.targets.map(({ target }: { target: string }) => target)).toEqual(['debian:13/amd64', 'debian:12/amd64']);
    },
    long,
  );

  test(
    'one that cannot be reached fails with its reason, and the others are tried all the same',
    async () => {
      await using host = await machineHost();
      const failing = smoke(host, { distributions: 'debian:12\ndebian:13', image: nowhere });
      await expect(failing).rejects.toMatchObject({
        code: 'E_SMOKE_TARGET',
        message: expect.stringContaining('no-such-system.tar'),
        outputs: { result: 'failed', failedTargets: 'debian:13/amd64' },
      });
      expect(host.recorded.lines).toContainEqual(expect.stringMatching(/^debian:12\/amd64: ✓ leftovers/));
    },
    long,
  );

  test(
    'one that cannot be reached is left out when that was asked for, and shown as skipped',
    async () => {
      await using host = await machineHost();
      const outputs = await smoke(host, { distributions: 'debian:12\ndebian:13', image: nowhere, unreachable: 'skip' });
      expect(outputs).toMatchObject({ result: 'passed', failedTargets: '', skippedTargets: 'debian:13/amd64' });
      const report = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
      expect(report.targets[1]).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('no-such-system.tar') });
      expect(await readFile(join(host.files.workspace, 'junit.xml'), 'utf8')).toMatch(/<skipped[^>]*no-such-system\.tar/);
      expect(host.summary.text).toMatch(/skipped/);
    },
    long,
  );

  test('when all are left out nothing was proved, and the run fails', async () => {
    await using host = await machineHost();
    const failing = smoke(host, { distributions: 'debian:13', image: nowhere, unreachable: 'skip' });
    await expect(failing).rejects.toMatchObject({
      code: 'E_SMOKE_TARGET',
      message: expect.stringMatching(/^no system could be reached, so nothing was tried: .*no-such-system\.tar/),
      outputs: { result: 'failed', skippedTargets: 'debian:13/amd64' },
    });
  });
});
