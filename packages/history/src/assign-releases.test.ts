import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PlacedTag, releaseAssigner } from './assign-releases.ts';
import { graphs, versions } from './history-graph.test-support.ts';

const placed = (version: string, sha: string): PlacedTag => ({ name: `v${version}`, version, prerelease: version.includes('-'), sha });

/** `child parent parent`, newest first; the release of each commit in this order. */
function releases(history: readonly string[], ...tags: readonly PlacedTag[]): string {
  const { releaseOf, releases } = releaseAssigner(tags);
  return history
    .map((line) => line.split(' '))
    .map(([sha = '', ...parents]) => `${sha}:${releases[releaseOf(sha, parents)]?.version ?? 'none'}`)
    .join(' ');
}

describe('a commit belongs to the lowest release that contains it', () => {
  test('on one line', () => {
    expect(releases(['d c', 'c b', 'b a', 'a'], placed('1.0.0', 'a'), placed('1.1.0', 'c'))).toBe('d:none c:1.1.0 b:1.1.0 a:1.0.0');
  });

  test('but what a release had before versions began anew stays its own', () => {
    const tags = [placed('2020.1.0', 'a'), placed('2021.1.0', 'b'), placed('1.0.0', 'd'), placed('1.1.0', 'e')];
    expect(releases(['f e', 'e d', 'd c', 'c b', 'b a', 'a'], ...tags)).toBe('f:none e:1.1.0 d:1.0.0 c:1.0.0 b:2021.1.0 a:2020.1.0');
    expect(releases(['m c b', 'c a', 'b a', 'a'], placed('9.0.0', 'b'), placed('1.0.0', 'm'))).toBe('m:1.0.0 c:1.0.0 b:9.0.0 a:9.0.0');
  });

  test('also where releases have the order of versions, not of time', () => {
    expect(releases(['c b', 'b a', 'a'], placed('0.10.0', 'c'), placed('0.9.0', 'b'))).toBe('c:0.10.0 b:0.9.0 a:0.9.0');
  });

  test('with a backport from a branch, and a merge of it', () => {
    const history = ['m c f', 'c b', 'f a', 'b a', 'a'];
    const tags = [placed('1.0.0', 'a'), placed('2.0.0', 'c'), placed('1.0.1', 'f'), placed('2.1.0', 'm')];
    expect(releases(history, ...tags)).toBe('m:2.1.0 c:2.0.0 f:1.0.1 b:2.0.0 a:1.0.0');
  });

  test('with two tags on one commit, and a stable release on that of its candidate', () => {
    expect(releases(['b a', 'a'], placed('1.0.0', 'b'), placed('1.0.0-rc.1', 'b'))).toBe('b:1.0.0-rc.1 a:1.0.0-rc.1');
  });

  test('in any history, listed in any order that names children first', () => {
    const picks = fc.uniqueArray(fc.tuple(versions(), fc.nat()), { maxLength: 12, selector: ([version]) => version });
    fc.assert(
      fc.property(graphs(40), picks, ({ list, closureOf }, picked) => {
        const tags = picked.map(([version, pick]) => placed(version, list[pick % list.length]?.sha ?? ''));
        const { releaseOf, releases, awaited } = releaseAssigner(tags);
        const told = releases.map((tag, index) => ({
          tag,
          index,
          has: closureOf(tag.sha),
          place: list.findIndex(({ sha }) => sha === tag.sha),
        }));
        const lowness = ({ tag }: { tag: PlacedTag }) => Math.min(...told.filter(({ has }) => has.has(tag.sha)).map(({ index }) => index));
        const first = [...told].sort((a, b) => lowness(a) - lowness(b) || b.place - a.place || a.index - b.index);
        for (const { sha, parents } of list) expect(releases[releaseOf(sha, parents)]).toBe(first.find(({ has }) => has.has(sha))?.tag);
        expect(awaited()).toBe(0);
      }),
    );
  });
});

test('a history that is cut off awaits the parents that never come', () => {
  const { releaseOf, awaited } = releaseAssigner([]);
  releaseOf('c', ['b', 'x']);
  releaseOf('b', ['a']);
  expect(awaited()).toBe(2);
});

test('of a million commits only parents that are still to come are remembered', () => {
  const { releaseOf, awaited } = releaseAssigner([placed('1.0.0', '9')]);
  let most = 0;
  for (let index = 1_000_000; index > 0; index -= 1) {
    releaseOf(String(index), index % 10 === 0 ? [String(index - 1), String(index - 5)] : [String(index - 1)]);
    most = Math.max(most, awaited());
  }
  expect(most).toBe(2);
});
