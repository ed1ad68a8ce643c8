import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { isAbandoned, machineName } from './machine-name.ts';
import { thisProcess } from './owner.ts';

test('names differ, fit into a host name, and belong to the process that made them while it lives', () => {
  const name = machineName();
  expect(name).toMatch(/^release-kit-[0-9a-f]+-[0-9a-f]+-[0-9a-f]{12}$/);
  expect(name.length).toBeLessThanOrEqual(64);
  expect(machineName()).not.toBe(name);
  expect(isAbandoned(name)).toBe(false);
});

test('a name is abandoned when its process has ended, or its number went to another process', () => {
  const ended = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
  expect(isAbandoned(machineName({ ...thisProcess(), pid: ended }))).toBe(true);
  expect(isAbandoned(machineName({ ...thisProcess(), started: '1' }))).toBe(true);
});

test.each(['release-kit-0123456789ab', 'release-kit-x-y-0123456789ab', 'user.slice', ''])('%j is none of ours', (name) => {
  expect(isAbandoned(name)).toBe(false);
});
