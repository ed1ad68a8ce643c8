import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PlacedTag } from './assign-releases.ts';
import { findBaseline } from './baseline.ts';
import { firstReleases } from './first-releases.ts';
import { graphs, versions } from './history-graph.test-support.ts';
import { type HistoryNode, nodeReader } from './history-node.ts';
import { byPrecedence } from './release-tag.ts';
import { type HistoryTelling, releasesOf } from './releases-of.ts';

const placed = (version: string, sha: string): PlacedTag => ({ name: `v${version}`, version, prerelease: version.includes('-'), sha });
const only = { name: '', path: '' };
const read = nodeReader([only], only, { grammar: {}, squashes: 'title' });

type Line = readonly [history: string, message?: string, author?: string];

const node = ([history, message = `fix: ${history[0]}`, author = 'ann']: Line): HistoryNode => {
  const [sha = '', ...parents] = history.split(' ');
  const authorEmail = `${author}@example.org`;
  return read({ sha, parents, authorName: author, authorEmail, timestamp: sha.length, message, paths: undefined });
};

async function* batches(lines: readonly Line[], seen: (sha: string) => void = () => {}): AsyncGenerator<readonly HistoryNode[]> {
  for (const line of lines) {
    const next = node(line);
    seen(next.sha);
    yield [next];
  }
}

const telling = (tags: readonly PlacedTag[], more: Partial<HistoryTelling> = {}): HistoryTelling => ({
  tags,
  unreleased: { name: 'next', previous: undefined },
  findInHistory: async () => new Set(),
  findTags: async () => {
    throw new Error('nobody has to be asked');
  },
  isFirst: () => false,
  ...more,
});

/** `name:commits` of each release, in order. */
async function told(lines: readonly Line[], tags: readonly PlacedTag[], more: Partial<HistoryTelling> = {}): Promise<readonly string[]> {
  const releases: string[] = [];
  for await (const { name, commits } of releasesOf(batches(lines), telling(tags, more)))
    releases.push(`${name}: ${commits.map(({ sha }) => sha).join(' ')}`);
  return releases;
}

describe('the releases of a history', () => {
  test('come newest first, with what is not released before them', async () => {
    const lines: readonly Line[] = [['d c'], ['c b'], ['b a'], ['a']];
    expect(await told(lines, [placed('1.0.0', 'a'), placed('1.1.0', 'c')])).toEqual(['next: d', 'v1.1.0: c b', 'v1.0.0: a']);
  });

  test('are compared with the release of their line, and say why', async () => {
    const lines: readonly Line[] = [['m c x'], ['c a'], ['x a'], ['a']];
    const tags = [placed('1.0.0', 'a'), placed('1.0.1', 'x'), placed('2.0.0', 'c'), placed('2.1.0-rc.1', 'm')];
    const releases: unknown[] = [];
    for await (const { name, previous } of releasesOf(batches(lines), telling(tags))) releases.push([name, previous]);
    const stable = 'the greatest lower stable release before it';
    expect(releases).toEqual([
      ['v2.1.0-rc.1', { name: 'v2.0.0', version: '2.0.0', reason: `${stable}, as this is the first pre-release of 2.1.0` }],
      ['v2.0.0', { name: 'v1.0.0', version: '1.0.0', reason: stable }],
      ['v1.0.1', { name: 'v1.0.0', version: '1.0.0', reason: stable }],
      ['v1.0.0', undefined],
    ]);
  });

  test('on one commit are all told, and the lowest has the commits', async () => {
    expect(await told([['b a'], ['a']], [placed('1.0.0', 'b'), placed('1.0.0-rc.1', 'b')])).toEqual(['v1.0.0: ', 'v1.0.0-rc.1: b a']);
  });

  test('tell what was taken back only where that was released before', async () => {
    const revert = (sha: string, subject: string): string => `Revert "${subject}"\n\nThis reverts commit ${sha}.`;
    const old = '1'.repeat(40);
    const young = '2'.repeat(40);
    const lines: readonly Line[] = [
      ['d c', revert(young, 'fix: young')],
      [`c ${young}`, revert(old, 'fix: old')],
      [`${young} ${old}`, 'fix: young'],
      [old, 'fix: old'],
    ];
    expect(await told(lines, [placed('1.0.0', old)])).toEqual(['next: c', `v1.0.0: ${old}`]);
  });

  test('come as soon as nothing of them is awaited', async () => {
    const seen: string[] = [];
    const lines: readonly Line[] = [['d c'], ['c b'], ['b a'], ['a']];
    const releases = releasesOf(
      batches(lines, (sha) => seen.push(sha)),
      telling([placed('1.0.0', 'a'), placed('1.1.0', 'b'), placed('1.2.0', 'd')]),
    );
    expect((await releases.next()).value).toMatchObject({ name: 'v1.2.0' });
    expect(seen).toEqual(['d', 'c', 'b']);
    await releases.return(undefined);
  });

  test('wait for a baseline only so long: then git is asked once which tags will not come', async () => {
    const lines = Array.from({ length: 6000 }, (_, index): Line => [index === 5999 ? 'c0' : `c${5999 - index} c${5998 - index}`]);
    let [asked, commits, first] = [0, 0, 0];
    const findTags = async () => {
      asked += 1;
      return new Set(['v1.0.0', 'v2.0.0', 'v3.0.0']);
    };
    const tags = [placed('1.0.0', 'c0'), placed('2.0.0', 'c5000'), placed('2.0.1', 'elsewhere'), placed('3.0.0', 'c5999')];
    for await (const { count } of releasesOf(
      batches(lines, () => {
        commits += 1;
      }),
      telling(tags, { findTags }),
    )) {
      if (first === 0) first = commits;
      expect(count).toBeGreaterThan(0);
    }
    expect({ asked, isEarly: first < 4000 }).toEqual({ asked: 1, isEarly: true });
  });

  test('that are cut off are an error', async () => {
    await expect(told([['b a']], [])).rejects.toThrowWithCode('E_GIT', /cut off/);
  });

  test('without any commit are none', async () => {
    expect(await told([], [placed('1.0.0', 'a')])).toEqual([]);
  });

  test('have every commit once, in a release that contains it, the lowest where versions never began anew; baselines are those of findBaseline', async () => {
    const picks = fc.uniqueArray(fc.tuple(versions(), fc.nat()), { maxLength: 8, selector: ([version]) => version });
    await fc.assert(
      fc.asyncProperty(graphs(30), picks, async ({ list, closureOf }, picked) => {
        const tags = picked.map(([version, pick]) => placed(version, list[pick % list.length]?.sha ?? ''));
        const lines = list.map(({ sha, parents }): Line => [[sha, ...parents].join(' '), `fix: ${sha}`]);
        const found = new Map<string, string>();
        const names: string[] = [];
        for await (const { name, version, previous, commits, count } of releasesOf(batches(lines), telling(tags))) {
          names.push(name);
          expect(commits).toHaveLength(count);
          for (const { sha } of commits) found.set(sha, name);
          const closure = closureOf(tags.find((tag) => tag.name === name)?.sha ?? '');
          const before = tags.filter(({ sha }) => closure.has(sha));
          if (version !== undefined) expect(previous?.version).toBe(findBaseline(version, before)?.tag.version);
        }
        expect(names.filter((name) => name !== 'next').sort()).toEqual(tags.map(({ name }) => name).sort());
        for (const { sha } of list) {
          const having = byPrecedence(tags.filter((tag) => closureOf(tag.sha).has(sha)));
          // The lowest, unless it has another one of these: then versions began anew.
          const isPlain = having.slice(1).every((tag) => !closureOf(having[0]?.sha ?? '').has(tag.sha));
          if (isPlain) expect(found.get(sha)).toBe(having[0]?.name ?? 'next');
          else expect(having.map(({ name }) => name)).toContain(found.get(sha));
        }
      }),
    );
  });
});

test('a first contribution is in the lowest release with a commit of its author', async () => {
  const lines: readonly Line[] = [
    ['d c', 'fix: d', 'new'],
    ['c b', 'fix: c', 'bert'],
    ['b a', 'fix: b', 'bert'],
    ['a', 'fix: a', 'ann'],
  ];
  const tags = [placed('1.0.0', 'a'), placed('1.1.0', 'b'), placed('1.2.0', 'c')];
  const isFirst = await firstReleases(batches(lines), tags);
  const firsts: string[] = [];
  for await (const { name, contributors } of releasesOf(batches(lines), telling(tags, { isFirst })))
    firsts.push(`${name}: ${contributors.map((each) => `${each.name} ${each.isFirst}`).join()}`);
  expect(firsts).toEqual(['next: new true', 'v1.2.0: bert false', 'v1.1.0: bert true', 'v1.0.0: ann true']);
});
