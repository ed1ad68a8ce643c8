import { expect, test } from '@jest/globals';
import { leastFree } from './disk-guard.ts';

test('a gigabyte stays free, and of a small disk a quarter of what was free', () => {
  expect(leastFree(100 * 1024 ** 3)).toBe(1024 ** 3);
  expect(leastFree(400 * 1024 ** 2)).toBe(100 * 1024 ** 2);
});
