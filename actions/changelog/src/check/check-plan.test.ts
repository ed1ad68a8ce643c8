import { describe, expect, test } from '@jest/globals';
import type { LoggedCommit } from '@release-kit/git';
import type { MergeWays } from '@release-kit/github';
import { messagesToCheck } from './check-plan.ts';

const commit = (message: string, sha = 'c', parents = 1): LoggedCommit => ({
  ...{ sha: sha.repeat(40), parents: Array.from({ length: parents }, () => 'd'.repeat(40)) },
  ...{ authorName: 'A', authorEmail: 'a@example.org', timestamp: 0, message, paths: undefined },
});
const ways = (more: Partial<MergeWays>): MergeWays => ({
  squash: true,
  commits: true,
  squashKeepsSingle: true,
  squashText: 'commits',
  ...more,
});
const pull = (merging: MergeWays | undefined, title = 'feat: x', body = 'BREAKING CHANGE: y') => ({
  ...{ number: 12, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40), title, body, merging },
});
const two = [commit('fix: b'), commit('Feat a', 'a')];

/** `!` marks what surely becomes part of the history. */
const shown = (...given: Parameters<typeof messagesToCheck>) =>
  messagesToCheck(...given).map(({ where, subject, sure }) => `${where.kind}${sure ? '!' : ''} ${subject}`);

describe('what a merge brings into the history is checked', () => {
  test.each([
    ['squashes only', ways({ commits: false }), ['title! feat: x']],
    ['merges only', ways({ squash: false }), ['commit! fix: b', 'commit! Feat a']],
    ['either', ways({}), ['title! feat: x', 'commit fix: b', 'commit Feat a']],
    ['nobody knows', undefined, ['title! feat: x', 'commit fix: b', 'commit Feat a']],
  ])('where the repository allows %s', (_, merging, messages) => {
    expect(shown(pull(merging), two, 'auto')).toEqual(messages);
  });

  test('a squash of one commit is called like it, unless the repository says otherwise', () => {
    const one = two.slice(1);
    expect(shown(pull(ways({ commits: false })), one, 'auto')).toEqual(['title feat: x', 'commit! Feat a']);
    expect(shown(pull(ways({ commits: false, squashKeepsSingle: false })), one, 'auto')).toEqual(['title! feat: x']);
  });

  test.each([
    ['title', ['title! feat: x']],
    ['commits', ['commit! fix: b', 'commit! Feat a']],
    ['both', ['title! feat: x', 'commit! fix: b', 'commit! Feat a']],
  ] as const)('the input says %s whatever the repository allows', (messages, expected) => {
    expect(shown(pull(ways({ squash: false })), two, messages)).toEqual(expected);
  });

  test('merges inside of a branch are none of it, and nothing is said twice', () => {
    const commits = [commit("Merge branch 'main' into x", 'e', 2), commit('Feat a', 'a')];
    expect(shown(pull(undefined, 'Feat a'), commits, 'auto')).toEqual(['title! Feat a']);
  });

  test('without a pull request the commits count', () => {
    expect(shown(undefined, two, 'auto')).toEqual(['commit! fix: b', 'commit! Feat a']);
  });
});

test.each([
  ['commits', 'fix: b\n\nFeat a'],
  ['description', 'BREAKING CHANGE: y'],
  ['nothing', ''],
] as const)('below the title of a squash stands what the repository puts there: %s', (squashText, body) => {
  expect(messagesToCheck(pull(ways({ squashText })), two, 'title')[0]?.body).toBe(body);
});
