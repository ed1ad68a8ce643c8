import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { oneAfterTheOther } from './turns.ts';

test('what was asked for first ends first; a failure is told to its caller and stops nobody else', async () => {
  const turns = oneAfterTheOther();
  const events: string[] = [];
  const step = (name: string, time: number) =>
    turns.next(async () => {
      events.push(`${name} starts`);
      await sleep(time);
      events.push(`${name} ends`);
      if (name === 'b') throw new Error('b failed');
      return name;
    });
  const results = await Promise.allSettled([step('a', 30), step('b', 10), step('c', 0)]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)))).toEqual([
    'a',
    'Error: b failed',
    'c',
  ]);
  expect(events).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
});
