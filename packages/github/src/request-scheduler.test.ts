import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
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
