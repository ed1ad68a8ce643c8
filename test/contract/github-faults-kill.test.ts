import { expect, jest, test } from '@jest/globals';
import { assetWith, contentsOf, type DraftBench, draftBench } from '../support/draft-bench.ts';

jest.setTimeout(60_000);

const contents = contentsOf(20);

/** What there is when nobody is killed. */
async function wholeDraft(): Promise<readonly object[]> {
  await using bench = await draftBench(contents);
  await bench.attempt();
  return bench.ours();
}

/** Kills a run at its nth request; whether it ever came so far. */
async function killAt({ github, attempt }: DraftBench, nth: number, reset: 'before' | 'half' | 'after'): Promise<boolean> {
  const killing = new AbortController();
  let requests = 0;
  github.script = () => {
    requests += 1;
    if (requests !== nth) return undefined;
    killing.abort(new Error('killed'));
    return { reset };
  };
  const { ended } = await attempt({ signal: killing.signal });
  github.script = () => undefined;
  expect(['done', 'killed']).toContain(ended);
  return requests >= nth;
}

test.each(['before', 'half', 'after'] as const)(
  'C2 killed %s any one of its requests is done, a release of twenty assets is completed by the next run',
  async (reset) => {
    const whole = await wholeDraft();
    for (let nth = 1; ; nth += 1) {
      await using bench = await draftBench(contents);
      const cameSoFar = await killAt(bench, nth, reset);
      expect({ nth, ...(await bench.attempt()) }).toMatchObject({ nth, ended: 'done' });
      expect({ nth, ours: bench.ours(), touched: bench.touched() }).toEqual({ nth, ours: whole, touched: [] });
      if (cameSoFar) continue;
      expect(nth).toBeGreaterThan(20);
      expect(nth).toBeLessThanOrEqual(31);
      break;
    }
  },
);

test('C2 killed at any request while it replaces what an earlier build left, it is completed by the next run', async () => {
  const few = contentsOf(3);
  let nth = 1;
  for (let cameSoFar = true; cameSoFar; nth += 1) {
    await using bench = await draftBench(few);
    await bench.attempt();
    const whole = bench.ours();
    await bench.attempt({ plan: { ...bench.plan, notes: 'Earlier notes' } });
    bench.github.releases.at(-1)?.assets.forEach((asset, index, all) => {
      all[index] = assetWith(bench.github, asset.name, 'of an earlier build');
    });
    cameSoFar = await killAt(bench, nth, nth % 2 === 0 ? 'before' : 'after');
    expect({ nth, ...(await bench.attempt()) }).toMatchObject({ nth, ended: 'done' });
    expect({ nth, ours: bench.ours(), touched: bench.touched() }).toEqual({ nth, ours: whole, touched: [] });
  }
  expect(nth).toBeGreaterThan(10);
});
