import { expect, test } from '@jest/globals';
import { unitStateOf } from '../units/unit-state.test-support.ts';
import { faultOf, unitsToRun } from './units-again.ts';

const early = { isLate: false, isLeft: false };
const late = { isLate: true, isLeft: true };
const messages = (state: Parameters<typeof faultOf>[0], time: typeof early) =>
  faultOf(state, 'the restart', time).map(({ category, message }) => `${category}: ${message}`);

test('a unit that is stopped may be started for a while, and then has to run', () => {
  const stopped = unitStateOf({ active: 'inactive', sub: 'dead', mainPid: 0 });
  expect(messages(stopped, early)).toEqual([]);
  expect(messages(stopped, late)).toEqual(['unit-policy: after the restart, u.service does not run, though it did before']);
  expect(messages({ ...stopped, type: 'oneshot' }, late)).toEqual([]);
});

test('a unit that failed is told at once; one that is starting only when the time is over', () => {
  expect(messages(unitStateOf({ active: 'failed', sub: 'failed', result: 'exit-code', status: 3 }), early)).toEqual([
    expect.stringMatching(/^unit-(failed|dies): after the restart, u\.service failed: .*exit code 3/),
  ]);
  const starting = unitStateOf({ active: 'activating', sub: 'start' });
  expect(messages(starting, early)).toEqual([]);
  expect(messages(starting, late)).toEqual([expect.stringMatching(/^unit-slow: after the restart, u\.service is still activating/)]);
  expect(messages(unitStateOf(), late)).toEqual([]);
});

test('units that were started by us, or are not needed, need not run again', () => {
  expect(
    unitsToRun([
      { unit: 'a.service', outcome: 'up', after: 10 },
      { unit: 'b.service', outcome: 'up', remark: 'installing did not start it, so it was started now' },
      { unit: 'c.service', outcome: 'skipped', remark: 'x' },
      { unit: 'd.service', outcome: 'down', remark: 'x' },
    ]),
  ).toEqual(['a.service']);
});
