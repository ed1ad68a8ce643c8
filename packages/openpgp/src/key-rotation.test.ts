import { expect, test } from '@jest/globals';
import { planRotation } from './key-rotation.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 10, 21);

test('users have 90 days to learn the new key, and 180 in which either key verifies', () => {
  const { phases, warnings } = planRotation(now, undefined);
  expect(phases.map(({ name, from }) => [name, (from - now) / day])).toEqual([
    ['announce', 0],
    ['overlap', 90],
    ['new key only', 270],
    ['old key gone', 450],
  ]);
  expect(warnings).toEqual([]);
});

test.each([
  [89, /expires on 2027-02-18, before overlap begins on 2027-02-19: begin to sign with both before/],
  [269, /before new key only begins on 2027-08-18: .*begin earlier the next time/],
])('an old key that ends after %d days is too early', (days, warning) => {
  expect(planRotation(now, now + days * day).warnings).toEqual([expect.stringMatching(warning)]);
});

test('an old key that ends after the new one has taken over is no problem', () => {
  expect(planRotation(now, now + 271 * day).warnings).toEqual([]);
});
