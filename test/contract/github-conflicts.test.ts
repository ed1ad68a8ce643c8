import { describe, expect, test } from '@jest/globals';
import { countsOf, type FakeRelease, writesOf } from '@release-kit/github-stand-in';
import { type Attempt, assetWith, contentsOf, draftBench } from '../support/draft-bench.ts';
import { draftBenchForEach } from '../support/draft-bench-for-each.ts';

const contents = contentsOf(6);
const bench = draftBenchForEach(contents);

/** Does something when the nth request of a run comes. */
function atRequest(nth: number, act: () => void): void {
  let requests = 0;
  bench.github.script = () => {
    requests += 1;
    if (requests === nth) act();
    return undefined;
  };
}

async function whole(): Promise<readonly object[]> {
  await using other = await draftBench(contents);
  await other.attempt();
  return other.ours();
}

describe('C1 two runs for one tag', () => {
  test.each([1, 2, 3, 4, 5, 6, 8, 10, 13].flatMap((nth) => [0, 2500].map((lag) => [nth, lag])))(
    'the second from request %d of the first on, lists %d ms behind: one draft, whole',
    async (nth, lag) => {
      bench.github.lag = lag;
      let second: Promise<Attempt> | undefined;
      atRequest(nth, () => {
        second = bench.attempt();
      });
      const first = await bench.attempt();
      expect([first, await second]).toMatchObject([{ ended: 'done' }, { ended: 'done' }]);
      expect(bench.ours()).toEqual(await whole());
    },
  );

  test('our creation was later and its reply is lost: the other draft is used, our empty twin removed', async () => {
    const { github } = bench;
    await bench.attempt();
    const { id: _, ...other } = github.releases.at(-1) ?? {};
    github.releases.pop();
    github.script = ({ operation }) => {
      if (operation !== 'repos/create-release') return undefined;
      github.addRelease({ ...other, id: 50, assets: [] });
      return { reset: 'after' };
    };
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(bench.ours()).toEqual(await whole());
    expect(github.releases.at(-1)?.id).toBe(50);
  });

  test('one after the other: the second changes nothing', async () => {
    await bench.attempt();
    const before = bench.github.calls.length;
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    const calls = bench.github.calls.slice(before);
    expect([calls.length <= 6, writesOf(calls)]).toEqual([true, []]);
  });
});

test('C3 a job that failed half-way is run again: only what is missing is sent', async () => {
  const { github } = bench;
  let uploads = 0;
  github.script = ({ operation }) => {
    if (operation === 'repos/upload-release-asset') uploads += 1;
    return uploads > 3 ? { answer: { status: 401, body: { message: 'Bad credentials' } } } : undefined;
  };
  expect(await bench.attempt()).toMatchObject({ ended: 'E_TOKEN' });
  github.script = () => undefined;
  github.calls.length = 0;
  expect(await bench.attempt()).toMatchObject({ ended: 'done' });
  expect(countsOf(writesOf(github.calls))).toEqual({ 'repos/upload-release-asset': 3 });
  expect(bench.ours()).toEqual(await whole());
});

describe('C6 legs of a matrix that each want a release of their own', () => {
  test('the second is told what is there already; nothing is removed', async () => {
    const plan = await bench.planOf({ 'other_1.0_arm64.deb': 'x' });
    await bench.attempt();
    const second = await bench.attempt({ plan });
    expect(second).toMatchObject({
      ended: 'E_ASSET_CONFLICT',
      message: expect.stringMatching(/hello-\d_1\.0_amd64\.deb.*not part of this release/),
    });
    expect(bench.ours()).toMatchObject([{ assets: Array.from({ length: 7 }, () => expect.stringMatching(/ uploaded /)) }]);
  });

  test('at the same time they make one draft as well', async () => {
    const plan = await bench.planOf({ 'other_1.0_arm64.deb': 'x' });
    const ended = await Promise.all([bench.attempt(), bench.attempt({ plan })]);
    expect(ended.map((one) => one.ended)).toContain('E_ASSET_CONFLICT');
    expect(bench.ours()).toHaveLength(1);
  });
});

describe('people at the same draft', () => {
  const ours = (): FakeRelease => {
    const release = bench.github.releases.at(-1);
    if (release === undefined) throw new Error('no draft');
    return release;
  };

  test.each([5, 7, 9])('a title that they change at request %d stays, in later runs too', async (nth) => {
    atRequest(nth, () => {
      ours().title = 'The big one';
    });
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(await bench.attempt({ plan: { ...bench.plan, notes: 'Better notes' } })).toMatchObject({ ended: 'done' });
    expect(ours()).toMatchObject({ title: 'The big one', body: expect.stringMatching(/^Better notes\n/) });
  });

  test('an asset that they add is told and left alone', async () => {
    atRequest(7, () => void ours().assets.push(assetWith(bench.github, 'by-hand.pdf', 'x')));
    expect(await bench.attempt()).toMatchObject({
      ended: 'E_ASSET_CONFLICT',
      message: expect.stringMatching(/by-hand\.pdf/),
      cure: expect.stringMatching(/remove that asset, then run again/),
    });
    expect(ours().assets).toHaveLength(7);
  });

  test('an asset that they remove while others are sent is missed, and sent again by the next run', async () => {
    atRequest(9, () => void ours().assets.shift());
    expect(await bench.attempt()).toMatchObject({
      ended: 'E_GITHUB',
      message: expect.stringMatching(/is missing in the draft after it was stored/),
    });
    bench.github.script = () => undefined;
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(bench.ours()).toEqual(await whole());
  });

  test('a draft that they remove while others are sent is told; the next run makes it anew', async () => {
    atRequest(8, () => void bench.github.releases.pop());
    expect(await bench.attempt()).toMatchObject({ ended: 'E_GITHUB', message: expect.stringMatching(/is gone: somebody removed it/) });
    bench.github.script = () => undefined;
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(bench.ours()).toEqual(await whole());
  });

  test('a draft that they publish while it is filled is left as it is', async () => {
    atRequest(8, () => {
      ours().draft = false;
    });
    expect(await bench.attempt()).toMatchObject({ ended: 'E_RELEASE_EXISTS', message: expect.stringMatching(/already published/) });
    expect(await bench.attempt()).toMatchObject({ ended: 'E_RELEASE_EXISTS' });
    expect(countsOf(bench.github.calls)['repos/update-release']).toBeUndefined();
  });
});
