import { describe, expect, test } from '@jest/globals';
import { expandBraces, fitsGlob } from './dh-glob.ts';

describe('patterns of debhelper', () => {
  test.each([
    ['*.conf', 'a.conf', true],
    ['*.conf', 'a.conf.d', false],
    ['lib?.so', 'liba.so', true],
    ['lib?.so', 'lib.so', false],
    ['[a-c]*', 'beta', true],
    ['[!a-c]*', 'beta', false],
    ['[]x]', ']', true],
    [`\${DEB_HOST_MULTIARCH}`, 'x86_64-linux-gnu', true],
    [`lib\${x}.so`, 'libz.so', true],
    ['@StdlibDir@', 'ocaml', true],
    ['a@b', 'a@b', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXc', false],
    ['', '', true],
    ['*', '', true],
    ['[open', '[open', true],
  ])('%j and %j: %j', (pattern, name, fits) => expect(fitsGlob(pattern, name)).toBe(fits));

  test('a hostile pattern takes no longer than its length allows', () => {
    expect(fitsGlob(`${'a*'.repeat(250)}b`, 'a'.repeat(4000))).toBe(false);
    expect(fitsGlob(`${'['.repeat(100_000)}`, 'a')).toBe(false);
    expect(expandBraces(`{${'a,'.repeat(100_000)}`)).toHaveLength(1);
  });

  test('braces give every alternative, substitutions stay', () => {
    expect(expandBraces('x.{c,h}')).toEqual(['x.c', 'x.h']);
    expect(expandBraces('{a,b}{1,2}')).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(expandBraces(`\${env:A}/x`)).toEqual([`\${env:A}/x`]);
    expect(expandBraces('{a,b}'.repeat(20)).length).toBeLessThan(100);
  });
});
