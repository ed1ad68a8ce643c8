import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { Ajv } from 'ajv';
import { type BuildReport, buildReportSchema, writeBuildReport } from './index.ts';

const report: BuildReport = {
  schema: 1,
  distribution: 'debian:12',
  architecture: 'amd64',
  strategy: 'native',
  outcome: 'failed',
  failure: { code: 'E_BUILD_COMPILE', message: 'x', place: 'a.c:3', failure: 'compiler', category: 'compile', cure: 'Correct it.' },
  phases: [
    { phase: 'build', seconds: 1.5, cpuSeconds: 2.75, peakMemory: 1000, diskRead: 0, diskWritten: 5, networkReceived: 0, networkSent: 0 },
  ],
  reproduce: 'scripts/build-local.sh --arch=amd64 .',
};

test('what is written fits the schema, and is read back', async () => {
  await using host = await recordingHost();
  const file = join(host.files.workspace, 'build.json');
  await writeBuildReport(file, report);
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  expect(value).toEqual(report);
  const validate = new Ajv({ strict: true }).compile(buildReportSchema);
  expect([validate(value), validate({ ...report, later: 1 })]).toEqual([true, true]);
  expect(validate({ ...report, phases: [{ phase: 'build', seconds: -1 }] })).toBe(false);
  expect(validate({ ...report, outcome: 'perhaps' })).toBe(false);
});
