import { expect, test } from '@jest/globals';
import { lintProcesses } from './lint-processes.ts';

const gib = 1024 ** 3;

test.each([
  ['two cores are for one process', 2, 16, 100, 1],
  ['a few packages are done sooner by one', 16, 64, 15, 1],
  ['many packages are shared out', 4, 16, 16, 2],
  ['memory sets the limit', 16, 5, 100, 2],
  ['no more than there is to do', 64, 128, 24, 3],
  ['one at least', 1, 0.5, 0, 1],
])('%s', (_, cores, memory, groups, expected) => {
  expect(lintProcesses({ cores, memory: memory * gib }, groups)).toBe(expected);
});
