import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { oneAfterTheOther, turnsOfMachine } from './turns.ts';

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

describe('the turns of a machine', () => {
  const nothing = async (): Promise<undefined> => undefined;

  test('are refused while it is booted, and come again when that has ended', async () => {
    const turns = turnsOfMachine();
    const end = await turns.boot(async (ended) => ended);
    for (const refused of [() => turns.next(nothing), () => turns.boot(nothing), () => turns.take(nothing)])
      expect(refused).toThrow(/while it is booted; give it to the booted machine/);
    end();
    expect(await turns.next(async () => 'done')).toBe('done');
  });

  test('never come again when its files were taken away, were it booted at that time or not', async () => {
    const turns = turnsOfMachine();
    const [end] = await Promise.all([turns.boot(async (ended) => ended), turns.take(nothing)]);
    expect(() => turns.next(nothing)).toThrow(/while it is booted/);
    end();
    expect(() => turns.next(nothing)).toThrow(/files were taken away/);
  });

  test('end with its disposal, which waits for what runs and is never refused', async () => {
    const turns = turnsOfMachine();
    const said: string[] = [];
    const booting = turns.boot(async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      said.push('booted');
    });
    await turns.dispose(async () => void said.push('gone'));
    await booting;
    expect(said).toEqual(['booted', 'gone']);
  });
});
