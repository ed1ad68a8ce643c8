import { describe, expect, test } from '@jest/globals';
import { bumpBetween, nextVersion } from './next-version.ts';
import { parseCommit } from './parse-commit.ts';

const commits = (...subjects: string[]) =>
  subjects.map((subject) => parseCommit({ sha: 'a'.repeat(40), subject, body: '', authorName: 'A', timestamp: 1 }));

describe('the next version', () => {
  test.each([
    ['1.2.3', ['fix: a'], '1.2.4', 'patch'],
    ['1.2.3', ['fix: a', 'feat: b', 'docs: c'], '1.3.0', 'minor'],
    ['1.2.3', ['feat: b', 'fix!: a'], '2.0.0', 'major'],
    ['1.2.3', ['docs: a', 'ci: b', 'chore(deps): c', "Merge branch 'x'"], '1.2.3', 'none'],
    ['1.2.3', [], '1.2.3', 'none'],
    ['1.2.3', ['Update things'], '1.2.4', 'patch'],
    ['1.2.3', ['diff: handle x'], '1.2.4', 'patch'],
    ['1.2.3', ['Revert "feat: x"'], '1.2.4', 'patch'],
    ['1.2.3', ['perf: a'], '1.2.4', 'patch'],
    ['0.4.1', ['feat!: a'], '0.5.0', 'minor'],
    ['0.4.1', ['feat: a'], '0.5.0', 'minor'],
    ['0.4.1', ['fix: a'], '0.4.2', 'patch'],
    ['2.0.0-rc.1', ['fix: a'], '2.0.0', 'patch'],
  ])('after %s with %j is %s', (previous, subjects, version, bump) => {
    expect(nextVersion(previous, commits(...subjects))).toEqual({ version, bump });
  });

  test('of a project without releases is the first, or what its pre-releases announce', () => {
    expect(nextVersion(undefined, commits('feat!: a'))).toEqual({ version: '0.1.0', bump: 'initial' });
    expect(nextVersion(undefined, commits('fix: a'), '1.0.0-rc.2')).toEqual({ version: '1.0.0', bump: 'initial' });
  });

  test('is not below what a pre-release announced', () => {
    expect(nextVersion('1.2.3', commits('fix: a'), '1.3.0-rc.1')).toEqual({ version: '1.3.0', bump: 'minor' });
    expect(nextVersion('1.2.3', commits('feat!: a'), '1.3.0-rc.1')).toEqual({ version: '2.0.0', bump: 'major' });
    expect(nextVersion('1.2.3', commits('docs: a'), '1.3.0-rc.1')).toEqual({ version: '1.2.3', bump: 'none' });
  });

  test('needs a semantic version to count from', () => {
    expect(() => nextVersion('1.2', commits('fix: a'))).toThrowWithCode('E_HISTORY', /"1.2"/);
  });
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
