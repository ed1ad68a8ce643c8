import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { type Git, openGit } from '@release-kit/git';
import { historySearch } from './history-search.ts';
import type { WholeHistory } from './read-history.ts';
import { makeHistory } from './test-history.ts';

/** A history that is held, of commits of which nothing but the name is known. */
function held(...shas: readonly string[]): WholeHistory {
  const commits = shas.map((sha) => ({ sha, parents: [], timestamp: 0, commits: [] }));
  return { commits, has: (sha) => shas.includes(sha) };
}

/** A checkout with a branch beside main, and what git was asked there. */
async function forked() {
  const host = await recordingHost();
  const checkout = host.files.workspace;
  await makeHistory(host, checkout, ['one', 'two', 'fork side', 'aside', 'switch main', 'three']);
  const git = await openGit(host, checkout);
  const asked: string[] = [];
  const watched: Git = {
    ...git,
    run: (args, options) => {
      asked.push(args[0] ?? '');
      return git.run(args, options);
    },
    [Symbol.asyncDispose]: async () => {
      await git[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
    },
  };
  const { stdout } = await git.run(['rev-list', 'main', '--']);
  const [end = '', ...older] = stdout.trim().split('\n');
  const aside = (await git.run(['rev-parse', 'side'])).stdout.trim();
  return { git: watched, asked, end, older, aside, [Symbol.asyncDispose]: () => watched[Symbol.asyncDispose]() };
}

test('a history that is held answers as git does, and git is not asked', async () => {
  await using made = await forked();
  const { git, asked, end, older, aside } = made;
  const names = [end, ...older, aside].flatMap((sha) => [sha, sha.slice(0, 7), sha.slice(0, 39)]);
  const further = ['c'.repeat(40), 'c'.repeat(7), `${end}00`, `${end.slice(0, 12)}000`];
  const inMemory = await historySearch(git, end, held(end, ...older))([...names, ...further]);
  expect(asked).toEqual([]);
  expect([...inMemory].sort()).toEqual([...(await historySearch(git, end, undefined)([...names, ...further]))].sort());
  expect(inMemory.size).toBe(9);
  expect(asked).toEqual(['cat-file', 'rev-list']);
});

test('an abbreviation that several commits begin with stands for none of them', async () => {
  await using made = await forked();
  const [one, other] = [`abcdef01${'0'.repeat(32)}`, `abcdef02${'0'.repeat(32)}`];
  const find = historySearch(made.git, one, held(one, other));
  expect([...(await find(['abcdef0', 'abcdef01', 'abcdef03', other]))].sort()).toEqual(['abcdef01', other].sort());
});
