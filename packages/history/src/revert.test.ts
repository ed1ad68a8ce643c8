import { describe, expect, test } from '@jest/globals';
import { parseCommit } from './parse-commit.ts';
import { withoutReverted } from './revert.ts';

type Row = readonly [digit: string, subject: string, body?: string];

/** Commits newest first; a SHA is one digit over and over. */
const commits = (...rows: readonly Row[]) =>
  rows.map(([digit, subject, body = '']) => parseCommit({ sha: digit.repeat(40), subject, body, authorName: 'A', timestamp: 1 }));

/** The digits of what is left. */
const left = (...rows: readonly Row[]) =>
  withoutReverted(commits(...rows))
    .map(({ sha }) => sha[0])
    .join('');
const reverts = (digit: string) => `This reverts commit ${digit.repeat(40)}.`;

describe('a commit and its revert cancel each other', () => {
  test('by SHA, also an abbreviated one', () => {
    expect(left(['3', 'fix: y'], ['2', 'Revert "feat: x"', reverts('1')], ['1', 'feat: x'])).toBe('3');
    expect(left(['2', 'revert: x', 'Refs: 1111111'], ['1', 'feat: x'])).toBe('');
  });

  test('the SHA counts more than the subject', () => {
    expect(left(['3', 'Revert "feat: x"', reverts('1')], ['2', 'feat: x'], ['1', 'feat: x'])).toBe('2');
  });

  test('by subject: the newest of that name, each only once', () => {
    expect(left(['3', 'Revert "feat: x"'], ['2', 'feat: x'], ['1', 'feat: x'])).toBe('1');
    expect(left(['4', 'Revert "a"'], ['3', 'Revert "a"'], ['2', 'a'], ['1', 'a'])).toBe('');
    expect(left(['3', 'Revert "a"'], ['2', 'Revert "a"'], ['1', 'a'])).toBe('2');
  });

  test('after a rebase, when the SHA is unknown, by subject', () => {
    expect(left(['2', 'Revert "feat: x"', reverts('9')], ['1', 'feat: x'])).toBe('');
  });
});

describe('a commit counts again', () => {
  test('when its revert was reverted', () => {
    expect(left(['3', 'Revert "Revert "x""', reverts('2')], ['2', 'Revert "x"', reverts('1')], ['1', 'x'])).toBe('1');
    expect(left(['3', 'Reapply "x"', reverts('2')], ['2', 'Revert "x"', reverts('1')], ['1', 'x'])).toBe('1');
    expect(left(['3', 'Reapply "x"'], ['2', 'Revert "x"'], ['1', 'x'])).toBe('1');
  });

  test('and not when that was reverted in turn', () => {
    expect(
      left(['4', 'Revert "Reapply "x""', reverts('3')], ['3', 'Reapply "x"', reverts('2')], ['2', 'Revert "x"', reverts('1')], ['1', 'x']),
    ).toBe('');
  });
});

describe('a revert stays in the list', () => {
  test('when what it takes back was released earlier', () => {
    expect(left(['2', 'Revert "old"', reverts('9')], ['1', 'fix: y'])).toBe('21');
  });

  test('when what it names is newer', () => {
    expect(left(['2', 'x'], ['1', 'Revert "x"', reverts('2')])).toBe('21');
  });

  test('when it takes back a merge, whose commits are not known', () => {
    expect(left(['3', 'Revert "Merge branch \'a\'"', reverts('2')], ['2', "Merge branch 'a'"], ['1', 'feat: x'])).toBe('321');
  });
});

test('100,000 commits of one name, half of them reverts, take a moment', () => {
  const list = Array.from({ length: 100_000 }, (_, index) =>
    parseCommit({
      sha: index.toString(16).padStart(40, '0'),
      subject: index < 50_000 ? 'Revert "a"' : 'a',
      body: '',
      authorName: 'A',
      timestamp: 1,
    }),
  );
  const start = performance.now();
  expect(withoutReverted(list)).toHaveLength(0);
  expect(performance.now() - start).toBeLessThan(30_000);
});
