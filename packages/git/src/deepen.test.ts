import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import fc from 'fast-check';
import { type DrawnCommit, remoteWith, shallowClone } from './deepen.test-support.ts';
import { deepenTo, type Git, type NamedCommit, openGit, readLog, readTags, tagsBefore } from './index.ts';

const isStable = ({ name }: NamedCommit): boolean => !name.includes('-');
/** Of `v<number>` and `v<number>-<number>`, the greatest first. */
const greatestFirst = (tags: readonly NamedCommit[]): readonly NamedCommit[] => {
  const key = (name: string): number => {
    const [core = '', pre] = name.slice(1).split('-');
    return Number(core) * 1000 + (pre === undefined ? 999 : Number(pre));
  };
  return tags.filter(({ name }) => /^v\d+(-\d+)?$/.test(name)).sort((a, b) => key(b.name) - key(a.name));
};

/** What a release is described from: the tags before it, and the commits since the last stable one. */
async function describeHead(git: Git, paths = false) {
  const sha = (await git.run(['rev-parse', 'HEAD'])).stdout.trim();
  const before = await tagsBefore(git, sha, greatestFirst(await readTags(git)), isStable);
  const stable = before.find(isStable);
  const commits: string[] = [];
  for await (const batch of readLog(git, { to: [sha], without: stable === undefined ? [] : [stable.sha], paths }))
    for (const { sha: name, parents, message, paths: files } of batch)
      commits.push([name, parents, message.trim(), files].flat().join(' '));
  return { before: before.map(({ name }) => name), commits };
}

interface DeepenedHistory {
  readonly deep: Awaited<ReturnType<typeof describeHead>>;
  readonly whole: Awaited<ReturnType<typeof describeHead>>;
  /** Objects in the repository that was fetched into, by kind. */
  readonly fetched: Readonly<Record<string, number>>;
  readonly said: string;
}

async function deepenedFrom(
  host: RecordingHost,
  commits: readonly DrawnCommit[],
  { depth = 1, paths = false } = {},
): Promise<DeepenedHistory> {
  const url = await remoteWith(host, commits);
  const folder = await shallowClone(host, url, depth);
  const state = (): string => [...readdirSync(join(folder, '.git'), { recursive: true, encoding: 'utf8' })].sort().join('\n');
  const before = `${state()}${readFileSync(join(folder, '.git/config'), 'utf8')}`;
  await using remote = await openGit(host, url.slice('file://'.length));
  const whole = await describeHead(remote, paths);
  await using checkout = await openGit(host, folder);
  const sha = (await checkout.run(['rev-parse', 'HEAD'])).stdout.trim();
  const git = await deepenTo(host, checkout, { sha, candidates: greatestFirst, enough: isStable, paths });
  if (git === undefined) return { deep: whole, whole, fetched: {}, said: '' };
  await using deepened = git;
  const deep = await describeHead(deepened, paths);
  const kinds: Record<string, number> = {};
  // Without what it shares with the checkout.
  const listed = await deepened.run(['cat-file', '--batch-all-objects', '--batch-check=%(objecttype)']);
  for (const kind of listed.stdout.trim().split('\n')) kinds[kind] = (kinds[kind] ?? 0) + 1;
  expect(`${state()}${readFileSync(join(folder, '.git/config'), 'utf8')}`).toBe(before);
  return { deep, whole, fetched: kinds, said: host.recorded.lines.join('\n') };
}

/** One commit after the other; `tags` by place. */
const line = (count: number, tags: Readonly<Record<number, string>>): readonly DrawnCommit[] =>
  Array.from({ length: count }, (_, at) => ({ parents: at === 0 ? [] : [at - 1], tags: tags[at] === undefined ? [] : [tags[at]] }));

describe('a shallow checkout', () => {
  test('is completed up to the baseline and no farther, without files', async () => {
    await using host = await recordingHost();
    const { deep, whole, fetched, said } = await deepenedFrom(host, line(300, { 100: 'v1', 279: 'v2', 290: 'v3-1' }));
    expect(deep).toEqual(whole);
    expect(deep.before).toEqual(['v3-1', 'v2']);
    expect(deep.commits).toHaveLength(20);
    expect(fetched).toEqual({ commit: 21 });
    expect(said).toMatch(/shallow: 20 commits since v2 were read from file:/);
  });

  test('whose baseline is just before a merge has both sides of it', async () => {
    const side = (parents: readonly number[], ...tags: readonly string[]): DrawnCommit => ({ parents, tags });
    // 1 -- 2(v1) -- 6 -- 7, and 3 -- 4 -- 5 from 1 into 6
    const commits = [side([]), side([0]), side([1], 'v1'), side([1]), side([3]), side([4]), side([2, 5]), side([6])];
    for (const paths of [false, true]) {
      await using own = await recordingHost();
      const { deep, whole } = await deepenedFrom(own, commits, { paths });
      expect(deep).toEqual(whole);
      expect(deep.commits).toHaveLength(5);
    }
  });

  test('of an older line does not take the releases of the newer one for its own', async () => {
    await using host = await recordingHost();
    const main = line(100, { 10: 'v1', 60: 'v3', 80: 'v4', 99: 'v5-1' });
    const at = (index: number): DrawnCommit => ({ parents: [index === 0 ? 20 : 99 + index], tags: index === 3 ? ['v2'] : [] });
    const { deep, whole, fetched } = await deepenedFrom(host, [...main, ...Array.from({ length: 8 }, (_, index) => at(index))]);
    expect(deep).toEqual(whole);
    expect(deep.before).toEqual(['v2']);
    expect(fetched['commit']).toBeLessThanOrEqual(100 + 8);
  });

  test.each([2, 30, 299])('of %i commits is completed as well, also when the baseline is in it', async (depth) => {
    await using host = await recordingHost();
    const { deep, whole } = await deepenedFrom(host, line(300, { 100: 'v1', 279: 'v2', 290: 'v3-1' }), { depth, paths: true });
    expect(deep).toEqual(whole);
  });

  test.each<[string, readonly DrawnCommit[]]>([
    ['no tags', line(40, {})],
    ['a tag on the newest commit', line(40, { 10: 'v1', 39: 'v2' })],
    ['candidates only', line(40, { 10: 'v1-1', 20: 'v1-2' })],
    ['a greater release before a lower one', line(40, { 10: 'v2', 20: 'v1' })],
    ['a greater candidate before a lower release', line(40, { 10: 'v2-1', 20: 'v1' })],
    ['a tag that came later', [...line(20, { 5: 'v1' }), { parents: [10], tags: ['v2'] }, { parents: [19], tags: [] }]],
    [
      'a baseline of an unrelated history',
      [
        { parents: [], tags: ['v9'] },
        { parents: [], tags: [] },
        { parents: [1], tags: [] },
      ],
    ],
  ])('of a history with %s gives the same answer', async (_, commits) => {
    await using host = await recordingHost();
    const { deep, whole } = await deepenedFrom(host, commits);
    expect(deep).toEqual(whole);
  });

  test('gives the answer of the whole history for whatever people merge and tag', async () => {
    const tag = fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 2, arbitrary: fc.nat(3) },
      { weight: 2, arbitrary: fc.constant(9) },
    );
    const commit = fc.record({
      back: fc.nat(3),
      merged: fc.option(fc.nat(8), { freq: 2 }),
      tag,
      after: fc.constantFrom(1, 60, 100_000, 400_000),
    });
    const history = fc.tuple(fc.array(commit, { minLength: 2, maxLength: 25 }), fc.constantFrom(1, 1, 4), fc.boolean());
    await fc.assert(
      fc.asyncProperty(history, async ([drawn, depth, paths]) => {
        let core = 1;
        const commits = drawn.map(({ back, merged, tag: kind, after }, index): DrawnCommit => {
          const near = (distance: number): number => Math.max(0, index - 1 - distance);
          const parents = index === 0 ? [] : [...new Set([near(back), ...(merged === null ? [] : [near(merged)])])];
          if (kind === undefined) return { parents, tags: [], after };
          if (kind === 9) core += 1;
          return { parents, tags: [kind === 9 ? `v${core}` : `v${core + 1}-${index}`], after };
        });
        await using own = await recordingHost();
        const { deep, whole } = await deepenedFrom(own, commits, { depth, paths });
        expect(deep).toEqual(whole);
      }),
      { numRuns: Number(process.env['DEEPEN_RUNS'] ?? 8) },
    );
  }, 600_000);
});
