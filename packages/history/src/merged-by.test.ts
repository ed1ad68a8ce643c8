import { describe, expect, test } from '@jest/globals';
import type { HistoryNode } from './history-node.ts';
import { mergedBy } from './merged-by.ts';
import { parseCommit } from './parse-commit.ts';

/** `d: a b Merge pull request #1 from x`: commit, its parents, its subject. */
function nodes(...lines: readonly string[]): readonly HistoryNode[] {
  return lines.map((line) => {
    const [, sha = '', parents = '', subject = ''] = /^(\w+):((?: [a-z]\b)*) ?(.*)$/.exec(line) ?? [];
    const commit = { sha, subject, body: '', authorName: '', timestamp: 0 };
    return { sha, parents: parents.split(' ').filter((name) => name !== ''), timestamp: 0, commits: [parseCommit(commit)] };
  });
}

const owners = (...lines: readonly string[]) => Object.fromEntries(mergedBy(nodes(...lines)));

describe('commits belong to the pull request whose merge brought them in', () => {
  test('all of its branch, and none of the line that it was merged into', () => {
    expect(owners('e: b d Merge pull request #1 from x/y', 'd: c D', 'c: a C', 'b: a B', 'a: A')).toEqual({ d: 1, c: 1 });
  });

  test('also when the line was merged into the branch before', () => {
    expect(owners('e: b d Merge pull request #1 from x/y', "d: c b Merge branch 'main' into y", 'c: a C', 'b: a B', 'a: A')).toEqual({
      d: 1,
      c: 1,
    });
  });

  test('the one that was merged into the line, not one that was merged into its branch', () => {
    expect(owners('f: a e Merge pull request #2 from x/y', 'e: d c Merge pull request #1 from x/z', 'd: a D', 'c: a C', 'a: A')).toEqual({
      e: 2,
      d: 2,
      c: 2,
    });
  });

  test('the one on its way, when branches are merged without a number', () => {
    expect(owners("f: a e Merge branch 'develop'", 'e: d c Merge pull request #1 from x/z', 'd: a D', 'c: a C', 'a: A')).toEqual({ c: 1 });
  });

  test('none of a line without merges, or of squashes', () => {
    expect(owners('c: b C (#7)', 'b: a B', 'a: A')).toEqual({});
  });
});
