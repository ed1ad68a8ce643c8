import { expect, test } from '@jest/globals';
import { parseCommit } from './parse-commit.ts';
import { bumpBetween, bumpOf } from './version-bump.ts';

test.each([
  ['fix: a', 'patch'],
  ['feat: a', 'minor'],
  ['feature: a', 'minor'],
  ['fix!: a', 'major'],
  ['docs: a', 'none'],
  ['chore(deps): a', 'none'],
  ["Merge branch 'x'", 'none'],
  ['Update things', 'patch'],
  ['diff: a type that nobody knows', 'patch'],
  ['Revert "feat: x"', 'patch'],
  ['perf: a', 'patch'],
])('%s asks for %s', (subject, bump) => {
  expect(bumpOf(parseCommit({ sha: 'a'.repeat(40), subject, body: '', authorName: 'A', timestamp: 1 }))).toBe(bump);
});

test.each([
  ['1.2.3', '2.0.0', 'major'],
  ['1.2.3', '1.3.0', 'minor'],
  ['1.2.3', '1.2.4', 'patch'],
  ['1.3.0-rc.1', '1.3.0', 'none'],
])('from %s to %s this part grew: %s', (previous, version, bump) => {
  expect(bumpBetween(previous, version)).toBe(bump);
});

test('what is no version cannot be compared', () => {
  expect(() => bumpBetween('1.0.0', 'x')).toThrowWithCode('E_HISTORY', /"x"/);
});
