import { expect, test } from '@jest/globals';
import { hurriedClock, recordingHost } from '@release-kit/action';
import { requestScheduler, type SchedulerCounts } from './request-scheduler.ts';

const outage = { status: 502, message: 'Bad Gateway' };
const limit = { status: 403, message: 'secondary rate limit', response: { headers: { 'retry-after': '30' } } };

/** Sends something that goes wrong once; how often it was sent, and how many seconds passed. */
async function afterOnce(
  error: object,
  kind: 'read' | 'change',
): Promise<SchedulerCounts & { readonly waited: number; readonly ended: string }> {
  await using host = await recordingHost();
  let now = 0;
  const clock = {
    now: () => now,
    sleep: (milliseconds: number) => {
      now += milliseconds;
      return Promise.resolve();
    },
  };
  const by = requestScheduler({ clock, signal: host.signal, log: host.log });
  let sent = 0;
  const send = (): Promise<string> => {
    sent += 1;
    return sent === 1 ? Promise.reject(error) : Promise.resolve('done');
  };
  const ended = await by.run({ doing: 'trying', kind, send }).catch(() => 'failed');
  return { ...by.counts, waited: now / 1000, ended };
}

test.each([
  ['read', 'an outage', outage, { ended: 'done', sent: 2, waited: 1, refused: 0 }],
  ['change', 'an outage', outage, { ended: 'failed', sent: 1, waited: 0, refused: 0 }],
  ['read', 'a limit', limit, { ended: 'done', sent: 2, waited: 30, refused: 1 }],
  ['change', 'a limit', limit, { ended: 'done', sent: 2, waited: 30, refused: 1 }],
  ['read', 'a refusal', { status: 404, message: 'Not Found' }, { ended: 'failed', sent: 1, waited: 0, refused: 0 }],
] as const)('a %s after %s', async (kind, _, error, expected) => {
  expect(await afterOnce(error, kind)).toMatchObject(expected);
});

test('a try ends by its own time, and the time of a try ends with it', async () => {
  await using host = await recordingHost();
  const by = requestScheduler({ clock: hurriedClock(), signal: host.signal, log: host.log }, { timeout: 20, tries: 2 });
  const hanging = (signal: AbortSignal) =>
    new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(Object.assign(new Error(String(signal.reason)), { status: 500 }))),
    );
  await expect(by.run({ doing: 'trying', kind: 'read', send: hanging })).rejects.toThrow('no whole answer within 0.02 s');
  expect(by.counts.sent).toBe(2);
  const kept = await by.run({ doing: 'trying', kind: 'read', send: (signal) => Promise.resolve({ signal }) });
  await new Promise((done) => setTimeout(done, 40));
  expect(kept.signal.aborted).toBe(false);
});

test('limits may hold up a run only so long, all together', async () => {
  await using host = await recordingHost();
  const clock = hurriedClock();
  const by = requestScheduler({ clock, signal: host.signal, log: host.log, progress: host.progress }, { budget: 75_000 });
  let sent = 0;
  const everySecond = (): Promise<void> => {
    sent += 1;
    return sent % 2 === 1 ? Promise.reject(limit) : Promise.resolve();
  };
  const again = () => by.run({ doing: 'trying', kind: 'read', send: everySecond });
  await again();
  await again();
  await expect(again()).rejects.toThrowWithCode('E_RATE', /no further request before/);
  expect([sent, clock.pauses.length]).toEqual([5, 2]);
  expect(host.recorded.updates).toEqual(["waiting 30 s for GitHub's rate limit", "waiting 30 s for GitHub's rate limit"]);
});

test('whoever may not wait so long ends, and nobody else sends anything before then', async () => {
  await using host = await recordingHost();
  const by = requestScheduler({ clock: hurriedClock(), signal: host.signal, log: host.log });
  const twoHours = { status: 429, message: 'slow down', response: { headers: { 'retry-after': '7200' } } };
  await expect(by.run({ doing: 'trying', kind: 'read', send: () => Promise.reject(twoHours) })).rejects.toThrowWithCode('E_RATE');
  await expect(by.run({ doing: 'another', kind: 'change', send: () => Promise.resolve() })).rejects.toThrowWithCode('E_RATE');
  expect(by.counts.sent).toBe(1);
});
