import { describe, expect, test } from '@jest/globals';
import { parseCommit } from './parse-commit.ts';

const commit = (subject: string) => ({ sha: 'a'.repeat(40), subject, body: '', authorName: 'A', timestamp: 1 });
const warned = (subject: string, types?: readonly string[]): readonly string[] =>
  parseCommit(commit(subject), types === undefined ? {} : { types: new Set(types) }).warnings.map(
    ({ oddity, line, column }) => `${line}:${column} ${oddity}`,
  );

describe('a header that counts', () => {
  test.each([
    ['fix(): x', '1:4 scope-empty'],
    ['fix( )!: x', '1:4 scope-empty'],
    ['fix(a, b): x', '1:5 scope-several'],
    ['  fix(a,b): x', '1:7 scope-several'],
    ['breaking: x', '1:1 breaking-header'],
  ])('%j is read, and told: %s', (subject, expected) => {
    expect(parseCommit(commit(subject)).kind).toBe('conventional');
    expect(warned(subject)).toEqual([expected]);
  });

  test.each(['fix: x', 'fix(a): x (b)', 'fix(a/b): x', 'fix: a(): x', 'Feat(a b)!: x', 'wibble: x', 'getName(): x'])(
    '%j is not odd',
    (subject) => {
      expect(warned(subject)).toEqual([]);
    },
  );

  test('with a type that the project does not know is told', () => {
    expect(warned('feta: x', ['feat', 'fix'])).toEqual(['1:1 type-unknown']);
    expect(warned('FEAT: x', ['feat', 'fix'])).toEqual([]);
  });
});

describe('a header that does not count', () => {
  test.each([
    ['feat:x', '1:6 no-blank-after-colon'],
    ['feat!:x', '1:7 no-blank-after-colon'],
    ['feat(a):x', '1:9 no-blank-after-colon'],
    ['Fix:x', '1:5 no-blank-after-colon'],
    ['feat : x', '1:5 blank-before-colon'],
    ['feat(a) : x', '1:8 blank-before-colon'],
    ['feat (a): x', '1:5 blank-before-scope'],
    ['feat：x', '1:5 wide-colon'],
    ['feat!!: x', '1:5 bang-out-of-place'],
    ['feat!(a): x', '1:5 bang-out-of-place'],
    ['feat(a)(b): x', '1:5 scope-brackets'],
    ['feat(a(b)): x', '1:5 scope-brackets'],
    ['feat(a: x', '1:5 scope-brackets'],
    ['feat:', '1:6 description-empty'],
    ['feat(a): ', '1:9 description-empty'],
    ['✨ feat: x', '1:1 prefix-before-type'],
    ['⚡️ perf(a)!: x', '1:1 prefix-before-type'],
    [':sparkles: feat: x', '1:1 prefix-before-type'],
    ['[core] fix: x', '1:1 prefix-before-type'],
    ['PROJ-12 fix: x', '1:1 prefix-before-type'],
    ['#12 fix: x', '1:1 prefix-before-type'],
    ['BREAKING CHANGE: x', '1:1 breaking-header'],
  ])('%j is told: %s', (subject, expected) => {
    expect(parseCommit(commit(subject)).kind).toBe('other');
    expect(warned(subject)).toEqual([expected]);
  });

  test.each([
    'Fix the parser',
    'fix (again) the parser',
    'Test(s) for the parser',
    'std::vector is gone',
    'https://example.org',
    'Update: x',
    'wibble:x',
    "Merge branch 'fix:x'",
    'Revert "feat:x"',
    'fixup! feat:x',
    '[core] tidy up',
    '✨',
    '',
  ])('%j is prose or has a form of its own', (subject) => {
    expect(warned(subject)).toEqual([]);
  });
});

describe('types of a project', () => {
  const aliases = new Map([
    ['✨', 'feat'],
    [':bug:', 'fix'],
    ['⚡', 'perf'],
    ['bugfix', 'fix'],
    ['修复', 'fix'],
  ]);
  test.each([
    ['✨ x', { type: 'feat', scope: undefined, description: 'x' }],
    ['✨ (api): x', { type: 'feat', scope: 'api', description: 'x' }],
    ['✨(api)!: x', { type: 'feat', scope: 'api', description: 'x', breaking: 'x' }],
    ['⚡️ x', { type: 'perf', description: 'x' }],
    [':bug: x', { type: 'fix', description: 'x' }],
    ['BugFix: x', { type: 'fix', description: 'x' }],
    ['修复: x', { type: 'fix', description: 'x' }],
    ['feat: x', { type: 'feat', description: 'x' }],
  ])('%j', (subject, expected) => {
    expect(parseCommit(commit(subject), { aliases })).toMatchObject({ kind: 'conventional', ...expected });
  });

  test.each(['✨', '🚀 x', '✨ (a: x', ''])('%j is none of them', (subject) => {
    expect(parseCommit(commit(subject), { aliases }).kind).toBe('other');
  });

  test('words of every language are types', () => {
    expect(parseCommit(commit('Größe: x'))).toMatchObject({ kind: 'conventional', type: 'größe' });
    expect(parseCommit(commit('修复(核心): x'))).toMatchObject({ kind: 'conventional', type: '修复', scope: '核心' });
  });
});
