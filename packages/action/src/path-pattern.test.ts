import { matchesGlob } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matches, selects } from './path-pattern.ts';

test.each([
  ['src/**', 'src/a.c', true],
  ['src/**', 'src/a/b.c', true],
  ['src/**', 'src', false],
  ['src/**', 'srcs/a', false],
  ['src/*', 'src/a/b', false],
  ['**/x', 'x', true],
  ['**/x', 'a/b/x', true],
  ['**/x', 'a/bx', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/xb', false],
  ['*.md', 'README.md', true],
  ['*.md', 'docs/README.md', false],
  ['**', 'any/thing', true],
  ['?', '/', false],
  ['a?c', 'a😀c', true],
  ['a.c', 'abc', false],
  ['', '', true],
  ['*', '', true],
])('%j matches %j: %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test('patterns mean what they mean to Node', () => {
  const part = fc.constantFrom('a', 'b', 'ab', '*', '?', 'a*', '*b', '**');
  const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'abb'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(pattern, path, (glob, text) => {
      // Node lets `a/**` match `a` itself; that a folder is no file in it does not matter to git, which lists files only.
      fc.pre(!glob.endsWith('/**') && glob !== '**');
      expect([glob, text, matches(glob, text)]).toEqual([glob, text, matchesGlob(text, glob)]);
    }),
  );
});

test.each([`${'*a'.repeat(400)}b`, `${'**'.repeat(500)}b`, `${'**/'.repeat(300)}b`, `${'**/*'.repeat(200)}b`])(
  'a pattern that makes regular expressions explode is answered: %s',
  (pattern) => {
    expect(matches(pattern, 'a'.repeat(2000))).toBe(false);
    expect(matches(pattern, 'a/'.repeat(1000))).toBe(false);
  },
);

describe('in a list of patterns the last that matches decides', () => {
  test.each([
    [['src/**'], 'src/a', false, true],
    [['src/**'], 'doc/a', true, false],
    [['src/**', '!**/*.md'], 'src/a.md', true, false],
    [['src/**', '!**/*.md', 'src/keep.md'], 'src/keep.md', false, true],
    [['!**/*.md'], 'src/a', true, true],
    [['!**/*.md'], 'src/a', false, false],
    [['!**/*.md'], 'a.md', true, false],
    [[], 'a', true, false],
  ])('%j, %s, otherwise %s: %s', (patterns, path, otherwise, expected) => {
    expect(selects(patterns, path, otherwise)).toBe(expected);
  });
});
