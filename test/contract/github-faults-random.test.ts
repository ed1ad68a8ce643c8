import { beforeAll, expect, test } from '@jest/globals';
import { faultsLeft, faultsLeftByTwo, withoutFaults } from '../support/draft-faults.ts';

let whole: readonly object[] = [];
beforeAll(async () => {
  whole = await withoutFaults();
});

test.each(Array.from({ length: 6 }, (_, index) => index * 10))(
  'whatever goes wrong in %d and the 9 seeds after it: after three more runs there is one draft, whole, and nothing else was touched',
  async (first) => {
    const left: string[] = [];
    for (let seed = first; seed < first + 10; seed += 1) left.push(await faultsLeft(seed, whole));
    expect(left.filter((one) => one !== '')).toEqual([]);
  },
  120000,
);

test.each(Array.from({ length: 2 }, (_, index) => index * 10))(
  'C1 whatever goes wrong for two runs at once in %d and the 9 seeds after it: there is one draft, whole, and nothing else was touched',
  async (first) => {
    const left: string[] = [];
    for (let seed = first; seed < first + 10; seed += 1) left.push(await faultsLeftByTwo(seed, whole));
    expect(left.filter((one) => one !== '')).toEqual([]);
  },
  120_000,
);
