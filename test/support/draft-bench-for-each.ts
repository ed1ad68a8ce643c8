import { afterEach, beforeEach, expect } from '@jest/globals';
import { type DraftBench, draftBench } from './draft-bench.ts';

/** A repository and a draft that is to be made in it, new for each test of the file; no test may touch what is of others there. */
export function draftBenchForEach(contents: Readonly<Record<string, string>>): Omit<DraftBench, typeof Symbol.asyncDispose> {
  let bench: DraftBench | undefined;
  const present = (): DraftBench => {
    if (bench === undefined) throw new Error('not made yet: ask for it inside a test');
    return bench;
  };
  beforeEach(async () => {
    bench = await draftBench(contents);
  });
  afterEach(async () => {
    await using made = present();
    expect(made.touched()).toEqual([]);
  });
  return {
    get github() {
      return present().github;
    },
    get clock() {
      return present().clock;
    },
    get plan() {
      return present().plan;
    },
    attempt: (options) => present().attempt(options),
    planOf: (wanted, change) => present().planOf(wanted, change),
    ours: () => present().ours(),
    touched: () => present().touched(),
  };
}
