import { describe, expect, test } from '@jest/globals';
import { hurriedClock, recordingHost } from '@release-kit/action';
import { type CheckAnnotation, type CheckReport, reportCheck, schedulerOf } from '@release-kit/github';
import type { Answer } from '@release-kit/github-stand-in';
import { type FakeGitHub, startFakeGitHub, writesOf } from '@release-kit/github-stand-in';

const annotation = (index: number): CheckAnnotation => ({
  path: 'debian/control',
  startLine: index + 1,
  endLine: index + 1,
  level: 'warning',
  title: `lintian: tag-${index}`,
  message: `message ${index}`,
});

const reportOf = (count: number, more: Partial<CheckReport> = {}): CheckReport => ({
  name: 'lintian: hello (debian:12)',
  headSha: 'c'.repeat(40),
  conclusion: 'failure',
  title: `${count} findings`,
  summary: 'a table',
  text: '',
  annotations: Array.from({ length: count }, (_, index) => annotation(index)),
  ...more,
});

interface Bench extends AsyncDisposable {
  readonly github: FakeGitHub;
  readonly pauses: readonly number[];
  readonly writes: () => readonly string[];
  readonly report: (report: CheckReport, token?: string) => ReturnType<typeof reportCheck>;
}

/** Waiting is noted, not done. */
async function bench(): Promise<Bench> {
  const github = await startFakeGitHub();
  const clock = hurriedClock();
  const host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock });
  // So that only the pauses of whoever writes checks are seen.
  schedulerOf(host, { changesAMinute: Number.POSITIVE_INFINITY, betweenChanges: 0 });
  return {
    github,
    pauses: clock.pauses,
    writes: () => writesOf(github.calls).map(({ operation }) => operation),
    report: (report, token = 'ghs_0123456789abcdef') => reportCheck(host, { repository: github.repository, token }, report),
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
    },
  };
}

const linesOf = (github: FakeGitHub): readonly unknown[] =>
  github.checks.flatMap(({ annotations }) =>
    annotations.map((one) => (typeof one === 'object' && one !== null ? Reflect.get(one, 'start_line') : one)),
  );
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a check run', () => {
  test('137 findings arrive in three requests, in order; only the last one completes the check', async () => {
    await using on = await bench();
    const statuses: unknown[] = [];
    on.github.fault = ({ method, body }) => {
      if (method !== 'GET') statuses.push(typeof body === 'object' && body !== null ? Reflect.get(body, 'status') : body);
      return undefined;
    };
    const { url, written } = await on.report(reportOf(137));
    expect(on.writes()).toEqual(['checks/create', 'checks/update', 'checks/update']);
    expect(statuses).toEqual(['in_progress', 'in_progress', 'completed']);
    expect(linesOf(on.github)).toEqual(upTo(137));
    expect(on.github.checks[0]).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      headSha: 'c'.repeat(40),
      title: '137 findings',
    });
    expect({ url: url.startsWith(on.github.url), written }).toEqual({ url: true, written: 3 });
    expect(on.github.violations).toEqual([]);
  });

  test.each([
    [0, 1],
    [50, 1],
    [51, 2],
  ])('%i findings take %i', async (count, requests) => {
    await using on = await bench();
    expect((await on.report(reportOf(count))).written).toBe(requests);
    expect(linesOf(on.github)).toEqual(upTo(count));
    expect(on.github.violations).toEqual([]);
  });

  test('the same check a second time writes nothing; another result is another check of the same name', async () => {
    await using on = await bench();
    await on.report(reportOf(60));
    expect((await on.report(reportOf(60))).written).toBe(0);
    expect(linesOf(on.github)).toHaveLength(60);
    await on.report(reportOf(1));
    expect(on.github.checks.map(({ name }) => name)).toEqual(['lintian: hello (debian:12)', 'lintian: hello (debian:12)']);
  });

  test.each([1, 2, 3])('when the answer to write %i is lost, nothing is sent twice', async (which) => {
    await using on = await bench();
    const gone: Answer = { status: 502, body: { message: 'Bad Gateway' } };
    on.github.lostReply = ({ method }) => (method !== 'GET' && on.writes().length === which ? gone : undefined);
    await on.report(reportOf(137));
    expect(linesOf(on.github)).toEqual(upTo(137));
    expect(on.github.checks).toHaveLength(1);
    expect(on.pauses).toEqual([1000]);
  });

  test('what was cut off is completed by the next run', async () => {
    await using on = await bench();
    on.github.fault = ({ operation }) => (operation === 'checks/update' ? { status: 500, body: { message: 'down' } } : undefined);
    await expect(on.report(reportOf(137))).rejects.toThrowWithCode('E_GITHUB', /500: down.*adding to a check/);
    expect(on.pauses).toEqual([1000, 4000]);
    on.github.fault = () => undefined;
    expect((await on.report(reportOf(137))).written).toBe(2);
    expect(linesOf(on.github)).toEqual(upTo(137));
    expect(on.github.checks[0]).toMatchObject({ status: 'completed' });
  });

  test.each([
    ['a token that may only read', 403, 'Resource not accessible by integration', /checks: write/],
    ['a token that is over', 401, 'Bad credentials', /does not accept the token/],
    ['a repository out of sight', 404, 'Not Found', /checks: write|cannot be found/],
  ])('%s is told at once, as E_TOKEN', async (_, status, message, words) => {
    await using on = await bench();
    on.github.fault = () => ({ status, body: { message } });
    await expect(on.report(reportOf(1))).rejects.toThrowWithCode('E_TOKEN', words);
    expect(on.pauses).toEqual([]);
    expect(on.github.checks).toEqual([]);
  });

  test('without a token nothing is asked', async () => {
    await using on = await bench();
    await expect(on.report(reportOf(1), '')).rejects.toThrowWithCode('E_TOKEN', /no GitHub token/);
    expect(on.github.calls).toEqual([]);
  });

  test('longer texts than GitHub takes are cut, and the cut is said', async () => {
    await using on = await bench();
    const long = 'ä'.repeat(70_000);
    const lines = 'a line of a table\n'.repeat(5000);
    await on.report(
      reportOf(0, {
        title: long,
        summary: lines,
        text: long,
        annotations: [{ ...annotation(4), endLine: 2, title: long, message: long, details: long }],
      }),
    );
    const [check] = on.github.checks;
    expect(check?.summary).toMatch(/a line of a table\n\n_Cut: 90000 characters, and GitHub keeps 65535 here\._\n$/);
    const sent = JSON.parse(JSON.stringify(check?.annotations[0]));
    expect(Buffer.byteLength(sent.message)).toBeLessThan(64 * 1024);
    expect(Buffer.byteLength(sent.raw_details)).toBeLessThan(64 * 1024);
    expect(sent.message).toMatch(/^ä+ … \(cut: 140000 bytes\)$/);
    expect([sent.title.length, sent.start_line, sent.end_line]).toEqual([255, 5, 5]);
    expect(on.github.violations).toEqual([]);
  });
});
