import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { pool } from './pool.ts';

test('a pool keeps the order and its width', async () => {
  let running = 0;
  let most = 0;
  const results = await pool(
    [30, 1, 20, 2],
    async (milliseconds, index) => {
      running += 1;
      most = Math.max(most, running);
      await setTimeout(milliseconds);
      running -= 1;
      return index;
    },
    2,
  );
  expect({ results, most }).toEqual({ results: [0, 1, 2, 3], most: 2 });
});

test('an error ends it: nothing more is started, and what runs has ended', async () => {
  const ended: number[] = [];
  const failing = pool(
    [1, 2, 3, 4],
    async (item) => {
      await setTimeout(item === 1 ? 1 : 30);
      if (item === 1) throw new Error('first');
      ended.push(item);
    },
    2,
  );
  await expect(failing).rejects.toThrow('first');
  expect(ended).toEqual([2]);
});

test('no work is no error', async () => {
  await expect(pool([], () => Promise.reject(new Error('none')))).resolves.toEqual([]);
});
