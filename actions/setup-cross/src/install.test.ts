import { describe, expect, test } from '@jest/globals';
import { type Clock, CommandError, recordingHost } from '@release-kit/action';
import { whenUnlocked } from './install.ts';

const locked = new CommandError('E_HOST', 'apt failed', {
  argv: [],
  exitCode: 100,
  signal: null,
  lastLines: ['E: Could not get lock /var/lib/apt/lists/lock.'],
});

function testClock(): Clock & { slept: number } {
  const clock = {
    slept: 0,
    now: () => clock.slept,
    sleep: async (milliseconds: number) => {
      clock.slept += milliseconds;
    },
  };
  return clock;
}

describe('whenUnlocked', () => {
  test('tries again while another apt runs, and says so once', async () => {
    await using host = await recordingHost();
    const clock = testClock();
    let tries = 0;
    const result = await whenUnlocked({ ...host, clock }, async () => {
      tries += 1;
      if (tries < 4) throw locked;
      return 'done';
    });
    expect([result, tries, clock.slept]).toEqual(['done', 4, 6000]);
    expect(host.recorded.lines).toEqual(['Another apt is running on this host; waiting for it.']);
  });

  test('gives up after five minutes', async () => {
    await using host = await recordingHost();
    const clock = testClock();
    await expect(whenUnlocked({ ...host, clock }, () => Promise.reject(locked))).rejects.toThrowWithCode('E_HOST', /another apt/);
    expect(clock.slept).toBe(300_000);
  });

  test('any other failure is told at once', async () => {
    await using host = await recordingHost();
    const clock = testClock();
    const other = new CommandError('E_HOST', 'no network', { argv: [], exitCode: 100, signal: null, lastLines: ['Err:1'] });
    await expect(whenUnlocked({ ...host, clock }, () => Promise.reject(other))).rejects.toThrowWithCode('E_HOST', /no network/);
    expect(clock.slept).toBe(0);
  });
});
