import { expect, test } from '@jest/globals';
import { checkMessage } from './check-message.ts';

const told = (subject: string, body = '', types?: readonly string[]) =>
  checkMessage(
    { sha: 'a'.repeat(40), subject, body, authorName: 'A', timestamp: 1 },
    types === undefined ? {} : { types: new Set(types) },
  ).map(({ oddity, line }) => `${line} ${oddity}`);

test.each(['fix: x', 'feat(a): x', "Merge branch 'x'", 'Revert "x"', 'revert: feat: x', 'fixup! anything', 'Merged PR 1: fix: x'])(
  '%j is well',
  (subject) => {
    expect(told(subject)).toEqual([]);
  },
);

test.each([
  ['Update things', '1 not-conventional'],
  ['', '1 not-conventional'],
  ['fix:x', '1 no-blank-after-colon'],
  ['✨ feat: x', '1 prefix-before-type'],
  ['fix(a,b): x', '1 scope-several'],
])('%j is told once: %s', (subject, expected) => {
  expect(told(subject)).toEqual([expected]);
});

test('what breaks needs words about what to do', () => {
  expect(told('feat!: x')).toEqual(['1 breaking-unexplained']);
  expect(told('feat!: x', 'Use y.')).toEqual(['1 breaking-unexplained']);
  expect(told('feat!: x', 'BREAKING CHANGE: Use y.')).toEqual([]);
  expect(told('feat!: x', 'BREAKING CHANGE:')).toEqual(['3 breaking-empty']);
  expect(told('feat: x', 'BREAKING CHANGE: x')).toEqual(['1 breaking-unexplained']);
});

test('a type that the project does not know is told', () => {
  expect(told('feta: x', '', ['feat'])).toEqual(['1 type-unknown']);
});
