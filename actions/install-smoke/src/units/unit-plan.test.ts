import { describe, expect, test } from '@jest/globals';
import type { ServiceCheck } from '@release-kit/config';
import { packagedUnits } from './packaged-unit.ts';
import { unitIntentions } from './unit-intention.ts';
import { judgeQuiet, planUnits } from './unit-plan.ts';
import { unitStateOf } from './unit-state.test-support.ts';
import type { UnitState } from './unit-state.ts';

const shipped = (...names: string[]) => packagedUnits(names.map((name) => ({ path: `/usr/lib/systemd/system/${name}`, package: 'p' })));
const asked = (unit: string, state: ServiceCheck['state'] = 'active'): ServiceCheck => ({ unit, state, healthy: [] });
const idle = { active: 'inactive', sub: 'dead', started: false };

function plan(states: readonly Partial<UnitState>[], script = '', services: readonly ServiceCheck[] = []) {
  const all = states.map((state) => unitStateOf(state));
  return planUnits({ packaged: shipped(...all.map(({ unit }) => unit)), states: all, intentions: unitIntentions([script]), services });
}

describe('units that have to run', () => {
  test('are those that are enabled, those that were started, and those that are named', () => {
    const states = [
      { unit: 'on.service' },
      { unit: 'off.service', file: 'disabled', ...idle },
      { unit: 'static.service', file: 'static' },
      { unit: 'unused.service', file: 'static', ...idle },
    ];
    expect(plan(states, 'systemctl enable on.service', [asked('other.service')]).tried).toEqual([
      'on.service',
      'static.service',
      'other.service',
    ]);
  });

  test('are what their sockets and timers start, but not what a path waits for, nor what is made for each connection', () => {
    const states = [
      { unit: 'a.socket', triggers: ['a.service'] },
      { unit: 'a.service', file: 'static', ...idle },
      { unit: 'b.timer', triggers: ['b.service'] },
      { unit: 'b.service', file: 'static', ...idle },
      { unit: 'c.path', triggers: ['c.service'] },
      { unit: 'c.service', file: 'static', ...idle },
      { unit: 'd.socket', triggers: ['d@1.service'], accepts: true },
      { unit: 'e.timer', triggers: ['of-others.service'] },
    ];
    const { tried, startedBy, problems } = plan(states);
    expect(tried).toEqual(['a.socket', 'b.timer', 'c.path', 'd.socket', 'e.timer', 'a.service', 'b.service']);
    expect(startedBy.get('b.service')).toBe('b.timer');
    expect(problems).toEqual([]);
  });

  test('are not those that the configuration wants to be inactive', () => {
    const states = [
      { unit: 'b.timer', triggers: ['b.service'] },
      { unit: 'b.service', file: 'static', ...idle },
    ];
    expect(plan(states, '', [asked('b.service', 'inactive')]).tried).toEqual(['b.timer']);
  });

  test('have one name each: their own, unless the configuration uses another', () => {
    const states = [{ unit: 'a.service' }, { unit: 'alias.service', id: 'a.service', file: 'alias' }];
    expect(plan(states).tried).toEqual(['a.service']);
    expect(plan(states, '', [asked('alias.service')]).tried).toEqual(['alias.service']);
  });
});

describe('policy', () => {
  const off = { unit: 'a.service', file: 'disabled', ...idle };
  const levels = (given: Partial<UnitState>, script: string, services: readonly ServiceCheck[] = []) =>
    plan([given], script, services).problems.map(({ category, level = 'error' }) => [category, level]);

  test('what the postinst enables must be enabled', () => {
    expect(levels(off, 'deb-systemd-helper enable a.service')).toEqual([['unit-policy', 'error']]);
    expect(levels(off, 'deb-systemd-helper debian-installed a.service && deb-systemd-helper enable a.service')).toEqual([]);
  });

  test('what no script speaks of is pointed out, unless scripts speak of others, or the configuration of it', () => {
    expect(levels(off, '')).toEqual([['unit-policy', 'warning']]);
    expect(levels(off, 'systemctl enable b.service')).toEqual([]);
    expect(levels(off, '', [asked('a.service', 'inactive')])).toEqual([]);
  });

  test('what the postinst starts must run, unless a condition holds it back', () => {
    const given = { unit: 'a.service', ...idle };
    expect(levels(given, 'systemctl enable --now a.service')).toEqual([['unit-policy', 'error']]);
    expect(levels({ ...given, condition: false }, 'systemctl enable --now a.service')).toEqual([]);
    expect(levels({ ...given, type: 'oneshot' }, 'systemctl enable --now a.service')).toEqual([]);
    expect(levels(given, 'systemctl enable a.service')).toEqual([]);
  });

  test('what should be inactive and is not has its place in the configuration', () => {
    const states = [unitStateOf({ unit: 'a.service' }), unitStateOf({ unit: 'b.service', ...idle })];
    const services = [asked('b.service', 'inactive'), asked('a.service', 'inactive')];
    expect(judgeQuiet(states, services)).toMatchObject([
      { index: 1, category: 'unit-policy', message: expect.stringContaining('a.service') },
    ]);
  });
});
