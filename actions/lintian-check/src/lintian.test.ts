import { describe, expect, test } from '@jest/globals';
import { type ExecResult, recordingHost, UserError } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import type { LintBatch } from './lint-plan.ts';
import { explainTags, type LintianRun, lintBatch } from './lintian.ts';
import { machineOf } from './machine-of.test-support.ts';

const batch: LintBatch = { distribution: 'debian:12', subjects: ['a_1_all.deb'], expected: ['a_1_all.deb'] };
const run: LintianRun = { options: { profile: undefined, suppressed: [] }, facts: new Map() };
const checks = 'Running check: binaries on binary:a_1_all  ...\n';
const result = (exitCode: number, stdout = '', stderr = ''): ExecResult => ({ exitCode, stdout, stderr });

/** A machine whose lintian behaves as no release that can be installed does. */
const machineWith = (run: (format: 'json' | 'text') => ExecResult): Machine =>
  machineOf(async (argv) => run(argv.includes('--exp-output') ? 'json' : 'text'));

describe('lintBatch', () => {
  test('reads text where JSON is refused or broken, and says so', async () => {
    for (const json of [result(2, '', 'Unknown option: exp-output'), result(0, '{"groups": 5}')]) {
      await using host = await recordingHost();
      const machine = machineWith((format) => (format === 'json' ? json : result(0, 'E: a: dir-or-file-in-opt [opt/x/]\n', checks)));
      const report = await lintBatch(host, machine, batch, run);
      expect(report.files.flatMap((file) => file.hints.map((hint) => hint.tag))).toEqual(['dir-or-file-in-opt']);
      expect(host.recorded.lines).toEqual([expect.stringMatching(/^warning: lintian's JSON cannot be used .*text is read instead$/)]);
    }
  });

  const json = (...hints: readonly object[]) =>
    JSON.stringify({ lintian_version: '3', groups: [{ input_files: [{ path: '/srv/lint/a_1_all.deb', hints }] }] });
  const known = { tag: 'known', visibility: 'info' };
  const odd = { tag: 'odd', visibility: 'fatal' };

  test('text is read as well where JSON holds what cannot be read, and the better one counts', async () => {
    await using host = await recordingHost();
    const machine = (text: string) => machineWith((format) => (format === 'json' ? result(0, json(known, odd)) : result(0, text, checks)));
    const better = await lintBatch(host, machine('I: a: known\nE: a: odd\n'), batch, run);
    expect(better.files[0]?.hints.map(({ tag }) => tag)).toEqual(['known', 'odd']);
    const worse = await lintBatch(host, machine('I: a: known\nF: a: odd\n'), batch, run);
    expect(worse.files[0]?.hints.map(({ tag }) => tag)).toEqual(['known']);
    expect(worse.unread).toEqual([`a_1_all.deb: ${JSON.stringify(odd)}`]);
  });

  test('text proves nothing of a file that lintian does not say it checked', async () => {
    await using host = await recordingHost();
    const machine = machineWith((format) =>
      format === 'json' ? result(0, 'no json') : result(0, 'E: a: t\n', checks.replace('a_1', 'b_1')),
    );
    await expect(lintBatch(host, machine, batch, run)).rejects.toThrowWithCode('E_LINT_INCOMPLETE', /did not check a_1_all\.deb/);
  });

  test('text with a notice, or a bad end, is no success', async () => {
    await using host = await recordingHost();
    const text = (answer: ExecResult) => machineWith((format) => (format === 'json' ? result(0, 'no json') : answer));
    await expect(lintBatch(host, text(result(0, '', 'No packages selected.\n')), batch, run)).rejects.toThrowWithCode(
      'E_LINT_INCOMPLETE',
      /No packages selected/,
    );
    await expect(lintBatch(host, text(result(255, '', checks)), batch, run)).rejects.toThrowWithCode('E_LINT_INCOMPLETE', /exit code 255/);
  });

  test('no output at all is no success', async () => {
    await using host = await recordingHost();
    await expect(
      lintBatch(
        host,
        machineWith(() => result(0)),
        batch,
        run,
      ),
    ).rejects.toThrowWithCode('E_LINT_INCOMPLETE', /did not check a_1_all\.deb/);
  });

  test('a lintian that hangs names what it was given; other errors pass through', async () => {
    await using host = await recordingHost();
    const failing = (error: Error) =>
      machineWith(() => {
        throw error;
      });
    await expect(lintBatch(host, failing(new UserError('E_TIMEOUT', 'late')), batch, run)).rejects.toThrowWithCode(
      'E_LINT_INCOMPLETE',
      /a_1_all\.deb after 20 minutes/,
    );
    await expect(
      lintBatch(host, failing(new UserError('E_COMMAND', 'lintian printed more than 64 MiB')), batch, run),
    ).rejects.toThrowWithCode('E_LINT_INCOMPLETE', /a_1_all\.deb: lintian printed more/);
    await expect(lintBatch(host, failing(new UserError('E_CANCELLED', 'stop')), batch, run)).rejects.toThrowWithCode('E_CANCELLED');
  });
});

test('tags without an explanation are shown by their names', async () => {
  await using host = await recordingHost();
  expect(
    (
      await explainTags(
        host,
        machineWith(() => result(1)),
        'debian:12',
        ['a-tag'],
      )
    ).size,
  ).toBe(0);
  expect(host.recorded.debug.join()).toContain('a-tag');
  expect(
    (
      await explainTags(
        host,
        machineWith(() => {
          throw new Error('asked');
        }),
        'debian:12',
        [],
      )
    ).size,
  ).toBe(0);
});
