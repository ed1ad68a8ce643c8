import { expect, test } from '@jest/globals';
import { deadlineAfter } from './deadline.ts';

test('a deadline counts down, and throws when it is over', () => {
  let now = 5000;
  const left = deadlineAfter(60_000, { now: () => now, sleep: async () => {} });
  expect(left()).toBe(60_000);
  now += 59_500;
  expect(left()).toBe(1000);
  now += 500;
  expect(left).toThrowWithCode('E_TIMEOUT', /longer than 60 s/);
});
