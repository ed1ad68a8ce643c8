import { describe, expect, test } from '@jest/globals';
import {
  countsOf,
  type FakeAsset,
  type FakeRelease,
  type Fault,
  faultScript,
  knownFaults,
  scriptOf,
  writesOf,
} from '@release-kit/github-stand-in';
import { assetWith, contentsOf, draftBench, tag } from '../support/draft-bench.ts';
import { draftBenchForEach } from '../support/draft-bench-for-each.ts';

const contents = contentsOf(4);
const [first = ''] = Object.keys(contents);
const bench = draftBenchForEach(contents);

const ours = () => {
  const release = bench.github.releases.find(({ body }) => body?.includes(`release-kit draft of ${tag} `));
  if (release === undefined) throw new Error('no draft of ours');
  return release;
};
const count = (operation: string): number => countsOf(bench.github.calls)[operation] ?? 0;

describe('G13 creating', () => {
  const lost: readonly Fault[] = [
    { reset: 'after' },
    { reset: 'half-answer' },
    ...['bad gateway', 'gateway timeout', 'a page with 200', 'cut JSON', 'no content'].flatMap(
      (name) => knownFaults[`${name}, done all the same`] ?? [],
    ),
  ];

  test('a reply that is lost makes no second draft, in a hundred trials', async () => {
    const { github } = bench;
    for (let trial = 0; trial < 100; trial += 1) {
      github.script = scriptOf([{ operation: 'repos/create-release', nth: 1, ...lost[trial % lost.length] }]);
      github.lag = (trial % 4) * 1500;
      expect(await bench.attempt({ plan: { ...bench.plan, assets: [] } })).toMatchObject({ ended: 'done' });
      expect(bench.ours()).toHaveLength(1);
      github.releases.splice(github.releases.indexOf(ours()), 1);
      // Until the lists show that it is gone.
      await bench.clock.sleep(10_000);
    }
    expect(count('repos/create-release')).toBe(100);
  }, 60_000);
});

describe('finding', () => {
  test('G14 among 150 releases, without asking for the tag', async () => {
    await bench.attempt();
    for (let index = 0; index < 150; index += 1) bench.github.addRelease({ tag: `v0.0.${index}`, draft: false });
    const before = bench.github.calls.length;
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(writesOf(bench.github.calls.slice(before))).toEqual([]);
    expect(count('repos/get-release-by-tag')).toBe(0);
  });

  test('G15 in lists that lag by five seconds takes one look for each pause, no second draft', async () => {
    bench.github.lag = 5000;
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(bench.ours()).toHaveLength(1);
    // At the start, at once after it was made, and after 1, 2 and 4 seconds.
    expect(count('repos/list-releases')).toBeLessThanOrEqual(5);
  });

  describe('G16 of several of ours', () => {
    /** Another one, as an earlier run left it. */
    const twinOf = (assets: FakeAsset[], change: Partial<FakeRelease> = {}): FakeRelease => {
      const { id: _, ...twin } = ours();
      return bench.github.addRelease({ ...twin, ...change, assets });
    };
    const right = () => ours().assets.slice(0, 2);

    test('the older one is used, and those that hold nothing of anybody are removed', async () => {
      await bench.attempt();
      twinOf([]);
      twinOf([...right(), assetWith(bench.github, 'half.deb', '', 'starter')]);
      const first = ours();
      const { ended, lines } = await bench.attempt();
      expect(ended).toBe('done');
      expect(lines.join('\n')).toMatch(/another one of ours, with nothing that draft \d+ will not have: removed/);
      expect(lines.join('\n')).toMatch(/1 other draft of v1\.0\.0 not made by release-kit, left alone/);
      expect([bench.ours().length, ours(), bench.touched()]).toEqual([1, first, []]);
    });

    test('the most complete one is used, and nothing is sent that it has', async () => {
      await bench.attempt();
      const whole = bench.ours();
      const { id } = twinOf(right());
      const first = ours();
      first.assets.splice(1);
      expect(await bench.attempt()).toMatchObject({ ended: 'done' });
      expect(bench.github.releases).not.toContain(first);
      expect([ours().id, bench.ours(), bench.touched()]).toEqual([id, whole, []]);
    });

    test('one that people wrote in goes first; others that they changed, or put files into, stay and are told', async () => {
      await bench.attempt();
      const wanted = { title: 'The big one' };
      const theirs = twinOf([], wanted);
      const filled = twinOf([assetWith(bench.github, 'manual.pdf', 'by hand')]);
      const { ended, lines } = await bench.attempt();
      expect(ended).toBe('done');
      expect(lines.join('\n')).toMatch(/1 more of our drafts of v1\.0\.0 were changed by hand or hold other files, and stay as they are/);
      expect(bench.github.releases).toEqual(expect.arrayContaining([theirs, filled]));
      expect(theirs).toMatchObject(wanted);
      expect([theirs.assets.length, filled.assets.length, bench.ours().length]).toEqual([bench.plan.assets.length, 1, 2]);
    });

    test('one that somebody publishes or fills at that moment is not removed', async () => {
      for (const change of [{ draft: false }, { assets: [assetWith(bench.github, 'manual.pdf', 'by hand')] }]) {
        bench.github.releases.splice(0, bench.github.releases.length, ...bench.github.releases.filter(({ title }) => title !== tag));
        await bench.attempt();
        const twin = twinOf([]);
        let looks = 0;
        bench.github.lostReply = ({ operation, url }) => {
          // After the look by which it was chosen to be removed.
          if (operation === 'repos/list-release-assets' && url.includes(`/${twin.id}/`) && ++looks === 1) Object.assign(twin, change);
          return undefined;
        };
        await bench.attempt();
        bench.github.lostReply = () => undefined;
        expect(bench.github.releases).toContain(twin);
      }
    });
  });

  test.each([
    ['published', { draft: false }, /already published: /],
    ['immutable', { draft: false, immutable: true }, /already published, and can never be changed: /],
  ])('G17 a release of the tag that is %s stops it before the first change', async (_, state, told) => {
    bench.github.addRelease({ tag, ...state });
    expect(await bench.attempt()).toMatchObject({ ended: 'E_RELEASE_EXISTS', message: expect.stringMatching(told) });
    expect(writesOf(bench.github.calls)).toEqual([]);
  });

  test('G17 a name that an immutable release had is burned: explained, before any byte of a file is sent', async () => {
    bench.github.burned.add(tag);
    expect(await bench.attempt()).toMatchObject({
      ended: 'E_RELEASE_EXISTS',
      message: expect.stringMatching(/an immutable release is in the way/),
      cure: expect.stringMatching(/can never be used again/),
    });
    expect(count('repos/upload-release-asset')).toBe(0);
  });
});

describe('assets', () => {
  test('G9 G10 an upload whose reply is lost is not sent again; one that broke off is, whole', async () => {
    bench.github.script = scriptOf([{ operation: 'repos/upload-release-asset', nth: 1, reset: 'after' }]);
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(count('repos/upload-release-asset')).toBe(4);
    ours().assets.length = 0;
    bench.github.calls.length = 0;
    bench.github.script = scriptOf([{ operation: 'repos/upload-release-asset', nth: 1, reset: 'half' }]);
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect([count('repos/upload-release-asset'), count('repos/delete-release-asset')]).toEqual([5, 1]);
    expect(ours().assets.map(({ state }) => state)).toEqual(['uploaded', 'uploaded', 'uploaded', 'uploaded']);
  });

  test('G11 a name that is taken meanwhile: other content is replaced on our own draft, equal content stays', async () => {
    const { github } = bench;
    await bench.attempt();
    const whole = bench.ours();
    ours().assets.length = 0;
    const [second = ''] = Object.keys(contents).slice(1);
    github.lostReply = ({ operation }) => {
      // Another run is faster with two of them, right after this one looked.
      if (operation === 'repos/list-release-assets' && ours().assets.length === 0)
        ours().assets.push(assetWith(github, first, 'other'), {
          ...assetWith(github, second, contents[second] ?? ''),
          contentType: typeOf(second),
        });
      return undefined;
    };
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(bench.ours()).toEqual(whole);
    expect(count('repos/delete-release-asset')).toBe(1);
  });

  test('G11 and of a release that somebody published meanwhile nothing is removed', async () => {
    const { github } = bench;
    await bench.attempt();
    const draft = ours();
    draft.assets.length = 0;
    github.lostReply = ({ operation }) => {
      if (operation === 'repos/list-release-assets' && draft.draft) {
        draft.assets.push(assetWith(github, first, 'other'));
        draft.draft = false;
      }
      return undefined;
    };
    expect(await bench.attempt()).toMatchObject({ ended: 'E_RELEASE_EXISTS' });
    expect(count('repos/delete-release-asset')).toBe(0);
    expect(Buffer.from(draft.assets.find(({ name }) => name === first)?.bytes ?? []).toString()).toBe('other');
  });

  const typeOf = (name: string): string => bench.plan.assets.find((asset) => asset.name === name)?.contentType ?? '';

  test('G22 are stored under the names that were planned; names that GitHub would change in other ways are refused', async () => {
    const odd = { 'a_1.0~rc1+b1_all.deb': 'a', 'b_2.0~~x_all.deb': 'b' };
    const plan = await bench.planOf(odd);
    expect(await bench.attempt({ plan })).toMatchObject({ ended: 'done' });
    expect(
      ours()
        .assets.map(({ name }) => name)
        .sort(),
    ).toEqual(['a_1.0.rc1+b1_all.deb', 'b_2.0.x_all.deb']);
    for (const name of ['a:b.deb', 'a b.deb', 'ä.deb', '.deb', 'a.deb.'])
      await expect(bench.planOf({ [name]: 'x' })).rejects.toThrowWithCode('E_NAME');
    await expect(bench.planOf({ 'a~b.deb': 'x', 'a.b.deb': 'y' })).rejects.toThrowWithCode('E_NAME_COLLISION');
  });
});

describe('before any call', () => {
  const many = (length: number) =>
    bench.plan.assets.slice(0, 1).flatMap((asset) => Array.from({ length }, (_, index) => ({ ...asset, name: `${index}.deb` })));
  test.each([
    ['a text above 125,000 characters', () => ({ notes: 'x'.repeat(125_000) }), /the notes have 125\d{3} characters; GitHub keeps 125000/],
    ['1,001 assets', () => ({ assets: many(1001) }), /the release has 1001 assets; GitHub allows 1000/],
    ['an asset of 2 GiB', () => ({ assets: many(1).map((one) => ({ ...one, size: 2 ** 31 })) }), /0\.deb has 2147483648 bytes/],
    ['an empty asset', () => ({ assets: many(1).map((one) => ({ ...one, size: 0 })) }), /0\.deb is empty/],
  ])('G21 %s is refused', async (_, change, told) => {
    const plan = { ...bench.plan, ...change() };
    expect(await bench.attempt({ plan })).toMatchObject({ ended: 'E_INPUT', message: expect.stringMatching(told) });
    expect(bench.github.calls).toEqual([]);
  });
});

test('G27 twenty assets take at most 70 calls, also when eight of them go wrong', async () => {
  const most: number[] = [];
  for (let seed = 1; seed <= 10; seed += 1) {
    await using other = await draftBench(contentsOf(20));
    other.github.script = faultScript(seed);
    expect(await other.attempt()).toMatchObject({ ended: 'done' });
    most.push(other.github.calls.length);
  }
  expect(Math.max(...most)).toBeLessThanOrEqual(70);
});
