import { describe, expect, test } from '@jest/globals';
import { addedOverrides, isOverrideFile, matchesContext, parseOverrides } from './override-file.ts';

const of = (text: string, path = 'debian/hello.lintian-overrides') =>
  parseOverrides(text, path).map(({ package: name, type, tag, context }) => [name, type, tag, context]);

describe('a line of overrides', () => {
  test.each([
    ['no-manual-page', ['hello', undefined, 'no-manual-page', '']],
    ['no-manual-page usr/bin/*', ['hello', undefined, 'no-manual-page', 'usr/bin/*']],
    ['hello: tag  a   b', ['hello', undefined, 'tag', 'a b']],
    ['hello binary: tag', ['hello', 'binary', 'tag', '']],
    ['hello [amd64 i386] binary: tag x: y', ['hello', 'binary', 'tag', 'x: y']],
    ['other [!armhf]: tag [usr/bin/x:4]', ['other', undefined, 'tag', '[usr/bin/x:4]']],
    ['[linux-any]: tag', ['hello', undefined, 'tag', '']],
  ])('%s', (text, read) => {
    expect(of(`# why\n\n  ${text}\r\n`)).toEqual([read]);
  });

  test('of the source is about the source', () => {
    expect(of('tag x', 'debian/source/lintian-overrides')).toEqual([['', 'source', 'tag', 'x']]);
    expect(of('hello source: tag', 'debian/source/lintian-overrides')).toEqual([['hello', 'source', 'tag', '']]);
    expect(of('tag', 'debian/lintian-overrides')).toEqual([['', undefined, 'tag', '']]);
  });

  test('that cannot be read is lintian’s to tell', () => {
    expect(of(`:: a\nx::\n${'y'.repeat(5000)}\n${'['.repeat(3000)}`)).toEqual([]);
  });
});

test.each([
  ['debian/hello.lintian-overrides', true],
  ['debian/libx1.0+y.lintian-overrides.amd64', true],
  ['debian/lintian-overrides', true],
  ['debian/source/lintian-overrides', true],
  ['debian/source.lintian-overrides', true],
  ['debian/a/hello.lintian-overrides', false],
  ['lintian-overrides', false],
  ['debian/hello.lintian-overrides~', false],
])('%s holds overrides: %p', (path, holds) => {
  expect(isOverrideFile(path)).toBe(holds);
});

test('added lines are those that are in no file of before; moved ones are not, a second copy is', () => {
  const before = [...parseOverrides('a\nb x', 'debian/hello.lintian-overrides')];
  const now = [
    ...parseOverrides('# new comment\nb   x\n', 'debian/hello.lintian-overrides'),
    ...parseOverrides('hello: a\nhello: a\nc', 'debian/other.lintian-overrides'),
  ];
  expect(addedOverrides(now, before).map(({ path, line, tag }) => [path, line, tag])).toEqual([
    ['debian/other.lintian-overrides', 2, 'a'],
    ['debian/other.lintian-overrides', 3, 'c'],
  ]);
});

describe('a context with * stands for', () => {
  test.each([
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*c', 'a', false],
    ['ab*ba', 'aba', false],
    ['*', '', true],
    ['*x*', 'axb', true],
    ['a*b*c', 'a-c-b', false],
    ['a*b*b', 'ab', false],
    ['abc', 'abc', true],
    ['a.c', 'abc', false],
    ['[usr/bin/x:*]', '[usr/bin/x:12]', true],
  ])('%s, %s: %p', (context, text, matches) => {
    expect(matchesContext(context, text)).toBe(matches);
  });

  test('in linear time', () => {
    expect(matchesContext(`${'*a'.repeat(1000)}*b`, 'a'.repeat(100_000))).toBe(false);
  });
});
