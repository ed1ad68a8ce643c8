import { describe, expect, test } from '@jest/globals';
import { asJob, idleAfterStart, settle, sightingOf, untilNextLook } from './services.ts';
import { deathOf } from './still-up-step.ts';
import { unitStateOf } from './unit-state.test-support.ts';
import { judgeUnit } from './unit-state.ts';

const running = unitStateOf();
const up = { kind: 'up' } as const;

describe('a unit counts as up', () => {
  test('only after it has been active for a while', () => {
    const sighting = sightingOf(undefined, running, up, 1000);
    expect(settle(running, up, sighting, { now: 1000, begin: 500, timeout: 9000 })).toBeUndefined();
    expect(settle(running, up, sighting, { now: 2199, begin: 500, timeout: 9000 })).toBeUndefined();
    expect(settle(running, up, sighting, { now: 2200, begin: 500, timeout: 9000 })).toEqual({
      unit: 'u.service',
      outcome: 'up',
      after: 500,
    });
  });

  test('with one and the same process', () => {
    const first = sightingOf(undefined, running, up, 1000);
    expect(sightingOf(first, running, up, 2000)).toEqual({ upSince: 1000, pid: 10, ran: true });
    expect(sightingOf(first, { ...running, mainPid: 11 }, up, 2000)).toEqual({ upSince: 2000, pid: 11, ran: true });
    expect(sightingOf(first, running, { kind: 'waiting', why: '' }, 2000)).toEqual({ upSince: undefined, pid: 0, ran: false });
  });
});

test('a service of an init script is down when its process is gone, and up with a remark when it never had one', () => {
  const alone = unitStateOf({ file: 'generated', type: 'forking', sub: 'exited', mainPid: 0 });
  const time = { now: 3000, begin: 500, timeout: 9000 };
  const first = sightingOf(undefined, { ...alone, sub: 'running' }, up, 1000);
  expect(settle(alone, up, sightingOf(first, alone, up, 1200), time)).toMatchObject({
    ...{ outcome: 'down', category: 'unit-dies', remark: expect.stringContaining('ended by itself') },
  });
  expect(settle(alone, up, sightingOf(undefined, alone, up, 1000), time)).toMatchObject({
    ...{ outcome: 'up', remark: 'its init script ended well, and left no process' },
  });
  const oneShot = { ...alone, file: 'enabled', type: 'oneshot' };
  expect(settle(oneShot, up, sightingOf(first, oneShot, up, 1200), time)).toEqual({ unit: 'u.service', outcome: 'up', after: 500 });
  expect(deathOf(alone)).toContain('ended by itself');
  expect(deathOf(alone, false)).toBeUndefined();
});

test('waiting ends with the time, failures at once', () => {
  const waiting = { kind: 'waiting', why: 'is still activating (start)' } as const;
  const none = { upSince: undefined, pid: 0, ran: false };
  expect(settle(running, waiting, none, { now: 5000, begin: 0, timeout: 5000 })).toBeUndefined();
  expect(settle(running, waiting, none, { now: 5001, begin: 0, timeout: 5000 })).toEqual({
    unit: 'u.service',
    outcome: 'down',
    category: 'unit-slow',
    remark: waiting.why,
  });
  const failed = { kind: 'down', category: 'unit-failed', why: 'failed', setting: 'User' } as const;
  expect(settle(running, failed, none, { now: 0, begin: 0, timeout: 5000 })).toEqual({
    ...{ unit: 'u.service', outcome: 'down', category: 'unit-failed', remark: 'failed', setting: 'User' },
  });
  expect(settle(running, { kind: 'skipped', why: 'x' }, none, { now: 0, begin: 0, timeout: 5000 })).toMatchObject({ outcome: 'skipped' });
});

test('a unit that is forgotten after its start has ended: fine for a one-shot only', () => {
  expect(idleAfterStart({ ...running, type: 'oneshot' })).toMatchObject({ outcome: 'up' });
  expect(idleAfterStart(running)).toMatchObject({ outcome: 'down', remark: expect.stringContaining('ended by itself') });
});

test('what a timer starts may end when it is done, whatever its type is, and must end well', () => {
  const done = unitStateOf({ active: 'inactive', sub: 'dead', file: 'static', mainPid: 0 });
  expect(judgeUnit(done)).toMatchObject({ kind: 'down' });
  expect(judgeUnit(asJob(done))).toEqual({ kind: 'up' });
  expect(deathOf(asJob(done))).toBeUndefined();
  expect(judgeUnit(asJob({ ...done, active: 'failed', result: 'exit-code', status: 1 }))).toMatchObject({ kind: 'down' });
});

test('the next look is when the last of those that are up settles, at the latest after the usual time', () => {
  expect(untilNextLook([undefined], 1000)).toBe(250);
  expect(untilNextLook([100, 50], 1000)).toBe(250);
  expect(untilNextLook([0, 50], 1100)).toBe(150);
  expect(untilNextLook([0, undefined], 1100)).toBe(250);
  expect(untilNextLook([0], 5000)).toBe(0);
});
