import { describe, expect, test } from '@jest/globals';
import { parseCommit } from './parse-commit.ts';

const commit = (subject: string, body = '') => ({ sha: 'a'.repeat(40), subject, body, authorName: 'A', timestamp: 1 });

describe('a merge tells where it came from', () => {
  test.each([
    ['Merge pull request #12 from a/feat/b', 'feat(c): d\n\ntext', { pullRequest: 12, merge: { source: 'a/feat/b', title: 'feat(c): d' } }],
    ['Merge pull request #12 from a/b', '', { pullRequest: 12, merge: { source: 'a/b', title: undefined } }],
    ['Merge pull request #12 in T/r from a to b', '* commit 1:\n  x', { pullRequest: 12, merge: { source: 'a', title: undefined } }],
    [
      "Merge branch 'a/b' into 'main'",
      'feat: c\n\nSee merge request g/p!7',
      { pullRequest: 7, merge: { source: 'a/b', title: 'feat: c' } },
    ],
    ["Merge branch 'a' into 'main'", 'See merge request !7\r\n', { pullRequest: 7, merge: { source: 'a', title: undefined } }],
    ["Merge branch 'a'", '# Conflicts:\n#\tb', { pullRequest: undefined, merge: { source: 'a', title: undefined } }],
    ["Merge branches 'a' and 'b'", '', { merge: { source: 'a', title: undefined } }],
    ["Merge remote-tracking branch 'origin/a'", '', { merge: { source: 'origin/a', title: undefined } }],
    ["Merge tag 'v1.0' of git://example.org/x", '', { merge: { source: 'v1.0', title: undefined } }],
    ['Merge branch main of https://example.org/x', '', { merge: { source: undefined, title: undefined } }],
    ['Merged in a/b (pull request #3)', 'Title here\n\nApproved-by: Z', { pullRequest: 3, merge: { source: 'a/b', title: 'Title here' } }],
    ['Merge "Add a thing" into main', '', { merge: { source: undefined, title: 'Add a thing' } }],
    ['Auto merge of #99 - who:branch, r=other', '\nTitle', { pullRequest: 99, merge: { source: 'who:branch', title: 'Title' } }],
    ['Merge #5 #6', '5: Title r=a', { pullRequest: 5, merge: { source: undefined, title: 'Title r=a' } }],
  ])('%j', (subject, body, expected) => {
    expect(parseCommit(commit(subject, body))).toMatchObject({ kind: 'merge', description: subject, type: undefined, ...expected });
  });

  test.each(['Merge the two parsers', 'Merged everything', 'Merge', 'Auto merge of things', 'merge branch'])('%j is none', (subject) => {
    expect(parseCommit(commit(subject))).toMatchObject({ kind: 'other', merge: undefined });
  });
});

describe('the title of a merge', () => {
  test('does not make it conventional, since its commits are in the list', () => {
    expect(parseCommit(commit('Merge pull request #1 from a/b', 'feat!: c'))).toMatchObject({
      kind: 'merge',
      type: undefined,
      breaking: undefined,
    });
  });

  test('does so where they are not', () => {
    const read = (title: string) => parseCommit(commit('Merge pull request #1 from a/b', title), { mergeTitles: true });
    expect(read('feat(x)!: c')).toMatchObject({
      kind: 'conventional',
      type: 'feat',
      scope: 'x',
      description: 'c',
      breaking: 'c',
      pullRequest: 1,
    });
    expect(read('Faster')).toMatchObject({ kind: 'other', description: 'Faster', pullRequest: 1 });
    expect(read('Revert "feat: x"')).toMatchObject({ kind: 'revert', target: { subject: 'feat: x' } });
    expect(read('')).toMatchObject({ kind: 'merge' });
  });
});

describe('the number of a pull request', () => {
  test.each([
    ['fix: x (#12)', 12],
    ['fix: x (!12)', 12],
    ['fix: x (#11) (#12)', 12],
    ['Revert "fix: x (#11)" (#12)', 12],
    ['(#12)', 12],
    ['fix: x(#12)', undefined],
    ['fix: x (#12).', undefined],
    ['fix: x (# 12)', undefined],
    ['fix: x (#12345678901)', undefined],
    ['fix: x #12', undefined],
  ])('of %j is %j', (subject, expected) => {
    expect(parseCommit(commit(subject)).pullRequest).toBe(expected);
  });

  test('stands before the title with Azure DevOps', () => {
    expect(parseCommit(commit('Merged PR 7: feat(a): b'))).toMatchObject({
      kind: 'conventional',
      type: 'feat',
      scope: 'a',
      description: 'b',
      pullRequest: 7,
    });
    expect(parseCommit(commit('Merged PR 7: Faster'))).toMatchObject({ kind: 'other', description: 'Faster', pullRequest: 7 });
  });
});
