import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PlacedTag, releaseAssigner } from './assign-releases.ts';
import { findBaseline } from './baseline.ts';
import { baselineFinder } from './baseline-finder.ts';
import { graphs, versions } from './history-graph.test-support.ts';

const placed = (version: string, sha: string): PlacedTag => ({ name: `v${version}`, version, prerelease: version.includes('-'), sha });

/** A finder, and the releases that a line `child parent parent` is. */
function following(tags: readonly PlacedTag[]) {
  const { releases } = releaseAssigner(tags);
  const finder = baselineFinder(releases);
  const nameOf = (index: number | undefined | 'later') =>
    index === 'later' ? index : index === undefined ? 'none' : releases[index]?.version;
  return {
    take: (line: string) => {
      const [sha = '', ...parents] = line.split(' ');
      finder.take(
        sha,
        parents,
        [...releases.keys()].filter((index) => releases[index]?.sha === sha),
      );
    },
    of: (version: string) => nameOf(finder.baselineOf(releases.findIndex((tag) => tag.version === version))),
    ruleOut: (...versions: readonly string[]) => finder.ruleOut((index) => !versions.includes(releases[index]?.version ?? '')),
    end: () => finder.ruleOut(() => false),
  };
}

describe('while a history goes by, the baseline of a release', () => {
  test('is known at the release below it, and that of the lowest at once', () => {
    const follow = following([placed('1.0.0', 'a'), placed('1.1.0', 'c')]);
    follow.take('c b');
    expect(follow.of('1.1.0')).toBe('later');
    follow.take('b a');
    expect(follow.of('1.1.0')).toBe('later');
    follow.take('a');
    expect([follow.of('1.1.0'), follow.of('1.0.0')]).toEqual(['1.0.0', 'none']);
  });

  test('is not one of a line beside it, and is not guessed while a better one may come', () => {
    const follow = following([placed('1.0.0', 'a'), placed('1.0.1', 'x'), placed('2.0.0', 'c'), placed('2.1.0', 'm')]);
    for (const line of ['m c x', 'c a']) follow.take(line);
    expect([follow.of('2.1.0'), follow.of('2.0.0')]).toEqual(['2.0.0', 'later']);
    for (const line of ['x a', 'a']) follow.take(line);
    expect([follow.of('2.0.0'), follow.of('1.0.1')]).toEqual(['1.0.0', '1.0.0']);
  });

  test('is known earlier when a tag is known not to come', () => {
    const follow = following([placed('1.0.0', 'a'), placed('1.0.1', 'elsewhere'), placed('2.0.0', 'b')]);
    for (const line of ['b a', 'a']) follow.take(line);
    expect(follow.of('2.0.0')).toBe('later');
    follow.ruleOut('1.0.1');
    expect(follow.of('2.0.0')).toBe('1.0.0');
  });

  test('is what findBaseline says, in any history', () => {
    const picks = fc.uniqueArray(fc.tuple(versions(), fc.nat()), { maxLength: 12, selector: ([version]) => version });
    fc.assert(
      fc.property(graphs(40), picks, fc.boolean(), ({ list, closureOf }, picked, isEarly) => {
        const tags = picked.map(([version, pick]) => placed(version, pick % 7 === 0 ? 'elsewhere' : (list[pick % list.length]?.sha ?? '')));
        const follow = following(tags);
        const elsewhere = tags.filter(({ sha }) => sha === 'elsewhere').map(({ version }) => version);
        if (isEarly) follow.ruleOut(...elsewhere);
        for (const { sha, parents } of list) follow.take([sha, ...parents].join(' '));
        if (!isEarly) follow.end();
        for (const tag of tags) {
          if (tag.sha === 'elsewhere') continue;
          const closure = closureOf(tag.sha);
          const expected = findBaseline(
            tag.version,
            tags.filter(({ sha }) => closure.has(sha)),
          );
          expect(follow.of(tag.version)).toBe(expected?.tag.version ?? 'none');
        }
      }),
      { numRuns: 300 },
    );
  });
});
