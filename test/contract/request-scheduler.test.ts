import { getOctokit } from '@actions/github';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { type RequestScheduler, requestScheduler, type SchedulerLimits, schedulerOf } from '@release-kit/github';
import { documentedLimits, type FakeGitHub, faultScript, scriptOf, startFakeGitHub } from '@release-kit/github-stand-in';

const start = Date.UTC(2026, 0, 1);
let now = start;
let host: RecordingHost;
let github: FakeGitHub;

beforeEach(async () => {
  now = start;
  host = await recordingHost();
  github = await startFakeGitHub({ now: () => now });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  expect(github.violations).toEqual([]);
  // Nobody comes back before it may.
  expect(github.impatient).toBe(0);
});

/** Time passes only where somebody waits. */
const clock = {
  now: () => now,
  sleep: (milliseconds: number) => {
    now += milliseconds;
    return Promise.resolve();
  },
};
const scheduler = (limits: Partial<SchedulerLimits> = {}) => requestScheduler({ clock, signal: host.signal, log: host.log }, limits);
const waited = (): number => (now - start) / 1000;

const [owner = '', repo = ''] = 'owner/project'.split('/');
const client = () => getOctokit('ghs_token', { baseUrl: github.url, log: { debug() {}, info() {}, warn() {}, error() {} } });
const list = (by: RequestScheduler, timeout?: number) =>
  by.run({
    doing: 'listing the releases',
    kind: 'read',
    send: (signal) => client().request('GET /repos/{owner}/{repo}/releases', { owner, repo, request: { signal } }),
    ...(timeout === undefined ? {} : { timeout }),
  });
const create = (by: RequestScheduler, tag = 'v1') =>
  by.run({
    doing: 'creating the draft',
    kind: 'change',
    send: (signal) =>
      client().request('POST /repos/{owner}/{repo}/releases', { owner, repo, tag_name: tag, draft: true, request: { signal } }),
  });
const secondary = { message: 'You have exceeded a secondary rate limit.', documentation_url: 'https://docs.github.com/rest' };
const refused = (headers: Readonly<Record<string, string>> = {}, status = 403) => ({ answer: { status, headers, body: secondary } });

describe('limits', () => {
  test('G1 a secondary limit with Retry-After: waits as long as it says, then it is done once', async () => {
    github.script = scriptOf([{ nth: 1, ...refused({ 'retry-after': '30' }) }]);
    await create(scheduler());
    expect(waited()).toBeGreaterThanOrEqual(30);
    expect(github.releases).toHaveLength(1);
    expect(host.recorded.lines.join('\n')).toMatch(/rate limit is reached while creating the draft: all requests wait 30 s/);
  });

  test('G2 without the header: a minute, and longer each time', async () => {
    github.script = scriptOf([
      { nth: 1, ...refused() },
      { nth: 1, ...refused() },
    ]);
    const at: number[] = [];
    github.lostReply = () => {
      at.push(waited());
      return undefined;
    };
    await create(scheduler());
    expect(at).toEqual([60]);
    github.script = scriptOf([1, 2, 3].map((nth) => ({ nth, ...refused() })));
    now = start;
    await create(scheduler());
    expect(waited()).toBeGreaterThanOrEqual(60 + 120 + 240);
  });

  test('G3 an hour that is used up: until its reset and a second', async () => {
    github.limits.primary = { limit: 1000, remaining: 0, resetAt: start + 90_000 };
    await list(scheduler());
    expect(waited()).toBe(91);
  });

  test('G3 beyond its patience it ends at once, and says when to run again', async () => {
    github.limits.primary = { limit: 1000, remaining: 0, resetAt: start + 40 * 60_000 };
    await expect(list(scheduler())).rejects.toThrowWithCode('E_RATE', /no further request before 2026-01-01 00:40 UTC .*while listing/);
    expect(waited()).toBe(0);
  });

  test.each([
    ['an HTTP date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:45 GMT' }, 45],
    ['0', { 'retry-after': '0' }, 1],
  ])('G4 429 with Retry-After as %s', async (_, headers, seconds) => {
    github.script = scriptOf([{ nth: 1, ...refused(headers, 429) }]);
    await list(scheduler());
    expect(waited()).toBe(seconds);
  });

  test('G4 a huge one is E_RATE, and nothing is sent after it', async () => {
    github.script = scriptOf([{ nth: 1, ...refused({ 'retry-after': '7200' }, 429) }]);
    await expect(create(scheduler())).rejects.toThrowWithCode('E_RATE');
    expect(github.calls).toHaveLength(1);
  });

  test('one request that is refused makes all others wait', async () => {
    const by = scheduler();
    github.script = scriptOf([{ nth: 1, ...refused({ 'retry-after': '30' }) }]);
    await Promise.all([create(by, 'v1'), create(by, 'v2'), list(by), list(by)]);
    // Two were on their way; whatever came after the refusal came after the wait.
    const later = github.calls.slice(2).map(({ at }) => (at - start) / 1000);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(30);
    expect(by.counts.refused).toBe(1);
  });

  test('that never end end with E_RATE after a few tries', async () => {
    github.script = scriptOf([refused({ 'retry-after': '1' })]);
    await expect(list(scheduler({ tries: 3 }))).rejects.toThrowWithCode('E_RATE');
    expect(github.calls).toHaveLength(3);
  });

  test.each([1, 4])(
    'G27 two hundred changes, %i at a time, stay within what GitHub allows: none is refused, few of them wait',
    async (concurrent) => {
      github.limits.secondary = documentedLimits;
      const by = scheduler({ concurrent });
      await Promise.all(Array.from({ length: 200 }, (_, index) => create(by, `v${index}`)));
      expect([github.releases.length, by.counts.refused, by.counts.sent]).toEqual([200, 0, 200]);
      // Those on their way when another one begins to wait arrive after it, since time passes only where somebody waits.
      const first = github.calls.filter(({ at }) => at - start < 60_000).length;
      expect(first).toBeLessThanOrEqual(60);
      expect(first).toBeGreaterThan(60 - concurrent);
    },
  );

  test('after a refusal a second is between two changes', async () => {
    github.script = scriptOf([{ nth: 3, ...refused({ 'retry-after': '30' }) }]);
    // Time that passes only where somebody waits has room for one at a time.
    const by = scheduler({ concurrent: 1 });
    await Promise.all(Array.from({ length: 6 }, (_, index) => create(by, `v${index}`)));
    expect(github.calls.map(({ at }) => (at - start) / 1000)).toEqual([0, 0, 0, 30, 31, 32, 33]);
  });

  test('no more than two requests at a time', async () => {
    github.latency = 50;
    const by = scheduler();
    await Promise.all(Array.from({ length: 6 }, () => list(by)));
    expect(github.most.requests).toBe(2);
  });
});

describe('what breaks', () => {
  test('G5 an outage is waited for by what reads', async () => {
    github.script = scriptOf([1, 2, 3, 4, 5].map((nth) => ({ nth, answer: { status: 503, body: { message: 'down' } } })));
    expect((await list(scheduler())).status).toBe(200);
    expect(waited()).toBe(1 + 2 + 4 + 8 + 16);
  });

  test('G5 and ends as the error that it is when it stays', async () => {
    github.script = scriptOf([{ answer: { status: 502, body: 'down' } }]);
    await expect(list(scheduler({ tries: 4 }))).rejects.toMatchObject({ status: 502 });
    expect(github.calls).toHaveLength(4);
  });

  test.each([
    ['the reply is lost', { reset: 'after' }],
    ['the gateway fails although it was done', { answer: { status: 502, body: 'x' }, effect: true }],
  ] as const)('G13 a change is never sent again when %s', async (_, fault) => {
    github.script = scriptOf([{ method: 'POST', ...fault }]);
    await expect(create(scheduler())).rejects.toThrow();
    expect([github.calls.length, github.releases.length]).toEqual([1, 1]);
  });

  test.each([401, 403, 404, 422])('G18 %d is final', async (status) => {
    github.script = scriptOf([{ answer: { status, body: { message: 'no' } } }]);
    await expect(list(scheduler())).rejects.toMatchObject({ status });
    expect([github.calls.length, waited()]).toEqual([1, 0]);
  });

  test('G25 a try that hangs ends by its own time, and is sent again', async () => {
    github.script = scriptOf([{ nth: 1, delay: 60_000 }]);
    expect((await list(scheduler(), 200)).status).toBe(200);
    expect(github.calls).toHaveLength(2);
  });

  test('whatever goes wrong: each change happened at most once, and reading gets through', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const by = scheduler({ tries: 12 });
      const before = github.releases.length;
      github.script = faultScript(seed, { percent: 50, most: 6 });
      const ended = await Promise.allSettled([create(by, `v${seed}`), list(by), list(by)]);
      expect(github.releases.length - before).toBeLessThanOrEqual(1);
      expect(ended.slice(1).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    }
  });
});

test('a run has one scheduler, whoever asks', async () => {
  expect(schedulerOf(host)).toBe(schedulerOf(host));
  await using other = await recordingHost();
  expect(schedulerOf(other)).not.toBe(schedulerOf(host));
});

test('an interrupted run sends nothing more', async () => {
  const ending = new AbortController();
  const by = requestScheduler({ clock, signal: ending.signal, log: host.log });
  ending.abort(new Error('interrupted'));
  await expect(list(by)).rejects.toThrow('interrupted');
  expect(github.calls).toEqual([]);
});
