import { describe, expect, test } from '@jest/globals';
import { lastingCommits } from './lasting-commits.ts';
import { commitOf } from './sample-release.test-support.ts';

const reverting = (sha: string) => `This reverts commit ${sha}.`;
const old = 'f'.repeat(40);

/** What is left, and the SHAs that git was asked for. */
async function left(commits: Parameters<typeof lastingCommits>[0], ...history: readonly string[]) {
  const asked: string[] = [];
  const lasting = await lastingCommits(commits, async (shas) => {
    asked.push(...shas);
    return new Set(shas.filter((sha) => history.includes(sha)));
  });
  return { lasting: lasting.map(({ subject }) => subject), asked };
}

describe('what lasts of a range', () => {
  test('is without fixups, and without what was taken back', async () => {
    const commits = [
      commitOf('5', 'fixup! fix: a'),
      commitOf('4', 'Revert "feat: b"', { body: reverting('3'.repeat(40)) }),
      commitOf('3', 'feat: b'),
      commitOf('2', 'fix: a'),
    ];
    expect(await left(commits)).toEqual({ lasting: ['fix: a'], asked: [] });
  });

  test('has a revert of something before it, also where a commit of the same subject is in the range', async () => {
    const commits = [commitOf('3', 'Revert "feat: b"', { body: reverting(old) }), commitOf('2', 'feat: b')];
    expect(await left(commits, old)).toEqual({ lasting: ['Revert "feat: b"', 'feat: b'], asked: [old] });
  });

  test('is paired by subject when the history does not have the SHA, as after a rebase', async () => {
    const commits = [commitOf('3', 'Revert "feat: b"', { body: reverting(old) }), commitOf('2', 'feat: b')];
    expect(await left(commits)).toEqual({ lasting: [], asked: [old] });
  });

  test('does not trouble git where its answer changes nothing', async () => {
    const commits = [commitOf('3', 'Revert "feat: gone"', { body: reverting(old) }), commitOf('2', 'feat: b')];
    expect(await left(commits, old)).toEqual({ lasting: ['Revert "feat: gone"', 'feat: b'], asked: [] });
  });

  test('abbreviated SHAs are asked for as they are', async () => {
    const commits = [commitOf('3', 'Revert "feat: b"', { body: reverting('fffffff') }), commitOf('2', 'feat: b')];
    expect(await left(commits, 'fffffff')).toMatchObject({ asked: ['fffffff'], lasting: ['Revert "feat: b"', 'feat: b'] });
  });
});
