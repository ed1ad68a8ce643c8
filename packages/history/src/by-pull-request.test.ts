import { describe, expect, test } from '@jest/globals';
import { byPullRequest, untitledCommits } from './by-pull-request.ts';
import { parseCommit } from './parse-commit.ts';

const commit = (sha: string, subject: string, body = '') => parseCommit({ sha, subject, body, authorName: '', timestamp: 0 });

describe('commits whose pull request has more to say', () => {
  test.each([
    ['Mend x', 1],
    ['kernel: mend x', 1],
    ['Mend x (#7)', 1],
    ['fix: x', undefined],
    ['Revert "x"', undefined],
    ['fixup! x', undefined],
  ])('are those without a known type: %s', (subject, number) => {
    expect(untitledCommits([commit('a', subject)], new Map([['a', 1]])).get('a')).toBe(number);
  });

  test('are not those that break something', () => {
    expect(untitledCommits([commit('a', 'Mend x', 'BREAKING CHANGE: y')], new Map([['a', 1]])).size).toBe(0);
  });

  test('have the number of their merge, else that of their subject', () => {
    expect([...untitledCommits([commit('a', 'Mend x (#7)'), commit('b', 'Mend y')], new Map())]).toEqual([['a', 7]]);
  });
});

test('each pull request is listed once, by its title, where its newest commit was, with the issues of all', () => {
  const commits = [
    commit('a', 'More'),
    commit('b', 'feat: z'),
    commit('c', 'Begin', 'Refs: #3'),
    commit('d', 'Untitled (#9)'),
    commit('e', 'Other', 'Refs: #3'),
  ];
  const numbers = new Map([
    ['a', 1],
    ['c', 1],
    ['e', 1],
    ['d', 9],
  ]);
  const listed = byPullRequest(commits, numbers, new Map([[1, ' A parser ']]));
  expect(listed.map(({ sha, subject }) => `${sha} ${subject}`)).toEqual(['a A parser (#1)', 'b feat: z', 'd Untitled (#9)']);
  expect(listed[0]).toMatchObject({ description: 'A parser (#1)', pullRequest: 1, issues: [{ number: 3 }] });
});
