import { expect, test } from '@jest/globals';
import { machinesAtATime, shareOf, slots } from './slots.ts';

const gigabyte = 1024 ** 3;

test.each([
  ['one for each processor', undefined, 4, 16 * gigabyte, 4],
  ['as far as memory goes', undefined, 16, 3 * gigabyte, 4],
  ['at least one', undefined, 2, 0, 1],
  ['what was asked for', 6, 2, 0, 6],
] as const)('machines at a time: %s', (_, wanted, processors, memory, count) => {
  expect(machinesAtATime(wanted, { processors, memory, tasks: 1 })).toBe(count);
});

test('machines share what there is, and no one may have as many processes as would take the host down', () => {
  const host = { processors: 4, memory: 10 * gigabyte, tasks: 100_000 };
  expect(shareOf(host, 3)).toEqual({ memory: 3 * gigabyte, tasks: 2048 });
  expect(shareOf({ ...host, tasks: 6000 }, 2)).toMatchObject({ tasks: 1500 });
});

test('no more run at a time than there are slots, and who asks first comes first', async () => {
  const two = slots(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (index: number): Promise<number> => {
    started.push(index);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return index;
  };
  const all = await Promise.all([0, 1, 2, 3, 4].map((index) => two.use(() => work(index))));
  expect({ all, started, most }).toEqual({ all: [0, 1, 2, 3, 4], started: [0, 1, 2, 3, 4], most: 2 });
});

test('work that fails gives its slot back', async () => {
  const one = slots(1);
  await expect(one.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await one.use(async () => 'yes')).toBe('yes');
});

test('a second machine starts at once or not at all, and gives its slot back', async () => {
  const two = slots(2);
  const { promise: end, resolve: finish } = Promise.withResolvers<string>();
  const first = two.spare(() => end);
  const second = two.spare(() => end);
  expect(two.spare(() => end)).toBeUndefined();
  const waiting = two.use(async () => 'after');
  finish('done');
  expect(await Promise.all([first, second, waiting])).toEqual(['done', 'done', 'after']);
  await expect(two.spare(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await Promise.all([two.spare(() => end), two.spare(() => end)])).toEqual(['done', 'done']);
});
