import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CommandError, type RecordingHost, recordingHost, UserError } from '@release-kit/action';
import { buildReportSchema } from '@release-kit/manifest';
import { Ajv } from 'ajv';
import { type OutcomeFacts, reportBuilt, reportFailed } from './build-outcome.ts';
import { type BuildRecord, buildRecord } from './build-record.ts';

const validate = new Ajv({ strict: true }).compile(buildReportSchema);
const machine = { usage: () => Promise.resolve(undefined) };

async function failing(host: RecordingHost): Promise<{ record: BuildRecord; facts: OutcomeFacts; report: () => Promise<unknown> }> {
  const logs = join(host.files.workspace, 'out/logs');
  await mkdir(logs, { recursive: true });
  const facts: OutcomeFacts = {
    source: { kind: 'dsc', file: join(host.files.workspace, 'it`s/x_1.dsc') },
    distribution: { name: 'debian:12' },
    architecture: 'amd64',
    strategy: 'native',
    logFile: join(logs, 'build.log'),
  };
  const record = buildRecord(host);
  record.enter('test', machine);
  record.take('   dh_auto_test');
  return { record, facts, report: async () => JSON.parse(await readFile(join(logs, 'build.json'), 'utf8')) };
}

const error = new CommandError(
  'E_BUILD_TEST',
  'FAIL: <b>@everyone</b>',
  { argv: ['dpkg-buildpackage'], exitCode: 2, signal: null, lastLines: ['```', '::error::x'] },
  { place: { file: 'x/a.c', line: 3 } },
);

describe('reportFailed', () => {
  test('leaves a report, a harmless block in the summary, and the command', async () => {
    await using host = await recordingHost();
    const { record, facts, report } = await failing(host);
    record.problem = { failure: 'automake-test', category: 'test', message: 'FAIL: x' };
    await record.leave();
    expect(await reportFailed(host, record, facts, error)).toBe(error);
    const written = await report();
    expect(validate(written)).toBe(true);
    expect(written).toMatchObject({
      outcome: 'failed',
      failure: { code: 'E_BUILD_TEST', place: 'x/a.c:3', failure: 'automake-test', category: 'test' },
      phases: [{ phase: 'test' }],
      reproduce: "scripts/build-local.sh --arch=amd64 --distribution=debian:12 --strategy=native 'it`s/x_1.dsc'",
    });
    const { text } = host.summary;
    expect(text).toMatch(/^### The build for `debian:12` `amd64` failed: test failed \(automake\)$/m);
    expect(text).toMatch(/^`x\/a\.c:3`: FAIL: &lt;b&gt;@\u200beveryone/m);
    expect(text).toMatch(/^````\n```\n/m);
    expect(text).toMatch(/^```sh\nscripts\/build-local\.sh /m);
    expect(host.recorded.lines).toContainEqual(expect.stringMatching(/^build it again with: scripts\/build-local\.sh /));
  });

  test('of a build that took too long, the phase is named', async () => {
    await using host = await recordingHost();
    const { record, facts } = await failing(host);
    const late = await reportFailed(host, record, facts, new UserError('E_TIMEOUT', 'unshare took longer than 5 s'));
    expect(late).toMatchObject({ code: 'E_TIMEOUT', message: expect.stringMatching(/in the phase test \(dh_auto_test\)$/) });
  });

  test('an interrupt and a bug of ours leave nothing', async () => {
    await using host = await recordingHost();
    const { record, facts, report } = await failing(host);
    const bug = new TypeError('x');
    expect(await reportFailed(host, record, facts, bug)).toBe(bug);
    const interrupt = new UserError('E_CANCELLED', 'interrupted');
    expect(await reportFailed(host, record, facts, interrupt)).toBe(interrupt);
    await expect(report()).rejects.toThrow('ENOENT');
    expect(host.summary.text).toBe('');
  });

  test('a report that cannot be written hides nothing', async () => {
    await using host = await recordingHost();
    const { record, facts } = await failing(host);
    await rm(join(host.files.workspace, 'out'), { recursive: true });
    expect(await reportFailed(host, record, facts, error)).toBe(error);
    expect(host.recorded.lines).toContainEqual(expect.stringMatching(/^no report was written: .*build\.json cannot be written: ENOENT$/));
  });
});

test('a build that ended well has a report as well', async () => {
  await using host = await recordingHost();
  const { record, facts, report } = await failing(host);
  await record.leave();
  await reportBuilt(host, record, facts);
  const written = await report();
  expect(validate(written)).toBe(true);
  expect(written).toMatchObject({ outcome: 'built', phases: [{ phase: 'test' }] });
});
