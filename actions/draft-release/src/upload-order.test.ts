import { describe, expect, test } from '@jest/globals';
import { pool } from '@release-kit/action';
import { inTurns } from './upload-order.ts';

/** What is begun, in its order, when each item takes as many turns of the event loop as its size says. */
async function begun(sizes: readonly number[], width = 2): Promise<readonly number[]> {
  const order: number[] = [];
  const items = sizes.map((size, index) => ({ size, index }));
  const work = async ({ size, index }: { size: number; index: number }): Promise<number> => {
    order.push(index);
    for (let turn = 0; turn < size; turn += 1) await new Promise((next) => setImmediate(next));
    return index;
  };
  const next = inTurns(items, work);
  await pool(items, () => next(), width);
  return order;
}

describe('files are sent', () => {
  test('a large one beside the small ones, each once', async () => {
    const order = await begun([1, 50, 1, 50, 1, 1]);
    expect(order.slice(0, 2)).toEqual([1, 0]);
    // The second large one waits for the first, the small ones for nobody.
    expect(order.indexOf(3)).toBe(5);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('in their order when all are equal, and one after the other from the largest when only one is sent at a time', async () => {
    expect(await begun([2, 2, 2, 2])).toEqual([0, 1, 2, 3]);
    expect(await begun([1, 3, 2], 1)).toEqual([1, 2, 0]);
  });

  test('on, when one of them fails', async () => {
    const next = inTurns([{ size: 1 }, { size: 2 }], async ({ size }) => {
      if (size === 2) throw new Error('broken');
      return size;
    });
    await expect(next()).rejects.toThrow('broken');
    expect(await next()).toBe(1);
    await expect(next()).rejects.toThrow('more than there are');
  });
});
