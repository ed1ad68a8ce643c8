import { describe, expect, test } from '@jest/globals';
import { type InstalledUnit, judgePolicy } from './unit-policy.ts';
import { unitStateOf } from './unit-state.test-support.ts';
import type { UnitState } from './unit-state.ts';

const idle: Partial<UnitState> = { active: 'inactive', sub: 'dead', started: false, mainPid: 0 };

function judged(state: Partial<UnitState>, more: Partial<InstalledUnit> = {}): string | undefined {
  const installed = { package: 'hello', intention: { enable: 'yes', start: 'yes' }, isTriggered: false, ...more } as const;
  return judgePolicy({ ...installed, state: unitStateOf({ ...idle, ...state }) })?.message;
}

describe('judgePolicy', () => {
  test('a unit that the postinst starts has to run', () => {
    expect(judged({})).toBe('u.service is not active, although the postinst of hello starts it');
    expect(judged({ active: 'active', started: true })).toBeUndefined();
  });

  test('a service that its socket starts when it is asked may rest, as uuidd does', () => {
    expect(judged({}, { isTriggered: true })).toBeUndefined();
  });

  test.each(['static', 'indirect', 'disabled'])('what deb-systemd-invoke leaves alone need not run: %s', (file) => {
    expect(judged({ file }, { intention: { enable: 'unknown', start: 'yes' }, isTriggered: file === 'disabled' })).toBeUndefined();
  });

  test('a one-shot is forgotten when it has ended', () => {
    expect(judged({ type: 'oneshot' })).toBeUndefined();
  });
});
