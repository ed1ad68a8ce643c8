import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { lockFile } from './lock.ts';

test('the second comes in when the first has left, and is told to wait', async () => {
  await using host = await recordingHost();
  const file = join(host.files.workspace, 'lock');
  const events: string[] = [];
  const first = await lockFile(host, file, 'the thing');
  const second = lockFile(host, file, 'the thing').then(async (lock) => {
    events.push('second in');
    return lock;
  });
  await sleep(1300);
  events.push('first out');
  await first[Symbol.asyncDispose]();
  await (await second)[Symbol.asyncDispose]();
  expect(events).toEqual(['first out', 'second in']);
  expect(host.recorded.lines).toEqual(['Waiting for another run that prepares the thing.']);
});

test('a lock in a folder that is not there is an error', async () => {
  await using host = await recordingHost();
  await expect(lockFile(host, join(host.files.workspace, 'none', 'lock'), 'x')).rejects.toThrowWithCode('E_COMMAND', /^x cannot be locked/);
});

/** The one process beside this one that has a file open. */
function holderOf(file: string): number {
  const opened = (pid: string): boolean => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === file);
    } catch {
      return false; // it has ended meanwhile
    }
  };
  const [pid = 'nobody'] = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && opened(name));
  return Number(pid);
}

test('a lock that was lost is told when its holder is done', async () => {
  await using host = await recordingHost();
  const file = join(host.files.workspace, 'lock');
  const lock = await lockFile(host, file, 'the thing');
  process.kill(holderOf(file), 'SIGKILL');
  await expect(lockFile(host, file, 'the thing').then((other) => other[Symbol.asyncDispose]())).resolves.toBeUndefined();
  await expect(lock[Symbol.asyncDispose]()).rejects.toThrowWithCode('E_CACHE', /^the lock on the thing was lost/);
});

test('a lock is let go when the run is interrupted', async () => {
  const controller = new AbortController();
  await using host = await recordingHost({ signal: controller.signal });
  await using other = await recordingHost();
  const file = join(other.files.workspace, 'lock');
  const lock = await lockFile(host, file, 'x');
  controller.abort(new Error('interrupted'));
  await lock[Symbol.asyncDispose]();
  await (await lockFile(other, file, 'x'))[Symbol.asyncDispose]();
  expect(other.recorded.lines).toEqual([]);
});
