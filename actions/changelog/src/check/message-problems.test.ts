import { describe, expect, test } from '@jest/globals';
import { splitMessage } from '@release-kit/history';
import { type CheckedMessage, problemsOf } from './message-problems.ts';

const grammar = { types: new Set(['feat', 'fix', 'chore']) };
const problems = (message: string, more: Partial<CheckedMessage> = {}) =>
  problemsOf({ where: { kind: 'commit', sha: 'a'.repeat(40) }, ...splitMessage(message), sure: true, ...more }, grammar).map(
    ({ level, oddity, line, column }) => `${level} ${oddity} ${line}${column === undefined ? '' : `:${column}`}`,
  );

describe('the problems of a message', () => {
  test.each([
    ['feat: x', []],
    ['Add x', ['error not-conventional 1:1']],
    ['feat:x', ['error no-blank-after-colon 1:6']],
    ['fixture: x', ['error type-unknown 1:1']],
    ['feat!: x', ['warning breaking-unexplained 1']],
    ['feat!: x\n\nBREAKING CHANGE: write y', []],
    ['feat: x\n\nBreaking Change: write y', ['warning breaking-spelling 3:1']],
    ['fixup! feat: x', ['error fixup 1']],
    ['Revert "feat: x"', []],
    ["Merge branch 'main'", []],
  ])('%j', (message, expected) => {
    expect(problems(message)).toEqual(expected);
  });

  test('that may be squashed away are warnings', () => {
    expect(problems('Add x', { sure: false })).toEqual(['warning not-conventional 1:1']);
  });

  test('of a title are those of the title, not of the description', () => {
    const title: Partial<CheckedMessage> = { where: { kind: 'title', number: 12 } };
    expect(problems('feat: x\n\nBreaking Change: write y', title)).toEqual([]);
    expect(problems('feat!: x\n\nBREAKING CHANGE: write y', title)).toEqual([]);
    expect(problems('feat!: x\n\nWhatever', title)).toEqual(['warning breaking-unexplained 1']);
  });

  test('have an example to copy where one can be told', () => {
    const of = (subject: string) => problemsOf({ where: { kind: 'commit', sha: '' }, subject, body: '', bodyLine: 3, sure: true }, grammar);
    expect(of('feat:x')[0]?.example).toBe('feat: x');
    expect(of('Whatever')[0]?.example).toBeUndefined();
    expect(of('fixup! feat:x')[0]?.example).toBeUndefined();
  });
});
