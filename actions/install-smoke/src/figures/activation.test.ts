import { expect, test } from '@jest/globals';
import { activationTimes } from './activation.ts';

test('the time of a unit is from its start until it was active; one that never was has none', () => {
  const text = `InactiveExitTimestampMonotonic=2000000
ActiveEnterTimestampMonotonic=2150000

InactiveExitTimestampMonotonic=3000000
ActiveEnterTimestampMonotonic=0

InactiveExitTimestampMonotonic=0
ActiveEnterTimestampMonotonic=0

ActiveEnterTimestampMonotonic=5000000
InactiveExitTimestampMonotonic=5000000
`;
  expect(activationTimes(text)).toEqual([150, 0]);
  // Started again since: it is on its way.
  expect(activationTimes('InactiveExitTimestampMonotonic=9\nActiveEnterTimestampMonotonic=8\n')).toEqual([]);
  expect(activationTimes('')).toEqual([]);
});
