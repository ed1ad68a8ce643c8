import { expect, test } from '@jest/globals';
import { withoutFixups } from './fixup.ts';
import { parseCommit } from './parse-commit.ts';

const parse = (subject: string, body = '') => parseCommit({ sha: 'a'.repeat(40), subject, body, authorName: 'A', timestamp: 1 });
/** Newest first. */
const left = (...subjects: readonly string[]) => withoutFixups(subjects.map((subject) => parse(subject))).map(({ subject }) => subject);

test.each([
  ['fixup! feat: x', 'feat: x'],
  ['squash! feat: x', 'feat: x'],
  ['amend! feat: x', 'feat: x'],
  ['fixup! fixup! feat: x', 'feat: x'],
  ['fixup!: x', undefined],
  ['Fixup! x', undefined],
  ['fixup! ', undefined],
  ['feat: x', undefined],
])('%j is for %j', (subject, expected) => {
  expect(parse(subject).fixupOf).toBe(expected);
});

test('a fixup is no entry of its own beside its commit', () => {
  expect(left('fixup! feat: x', 'fix: y', 'squash! feat: x', 'feat: x')).toEqual(['fix: y', 'feat: x']);
  expect(left('fix: y', 'feat: x')).toEqual(['fix: y', 'feat: x']);
});

test('it stays when its commit was released earlier, or is newer', () => {
  expect(left('fixup! feat: x', 'fix: y')).toEqual(['fixup! feat: x', 'fix: y']);
  expect(left('feat: x', 'fixup! feat: x')).toEqual(['feat: x', 'fixup! feat: x']);
});

test('it stays when it says that something breaks', () => {
  const commits = [parse('fixup! feat: x', 'BREAKING CHANGE: y'), parse('feat: x')];
  expect(withoutFixups(commits)).toEqual(commits);
});
