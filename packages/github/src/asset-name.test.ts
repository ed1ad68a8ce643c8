import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assetName, assetNames, namesToSign } from './asset-name.ts';

describe('the final name of an asset', () => {
  test.each([
    ['hello_1.0-1_amd64.deb', 'hello_1.0-1_amd64.deb'],
    ['hello_1.0~rc1-1_amd64.deb', 'hello_1.0.rc1-1_amd64.deb'],
    ['libc++1_1.0+git~2_all.deb', 'libc++1_1.0+git.2_all.deb'],
    ['a_1~~2.~3_all.deb', 'a_1.2.3_all.deb'],
    ['SHA256SUMS', 'SHA256SUMS'],
  ])('of %s is %s', (name, final) => {
    expect(assetName(name)).toBe(final);
  });

  test.each([
    '',
    '.hidden',
    '-x.deb',
    '~x.deb',
    'x.',
    'x~',
    'a b',
    'a:b',
    'a/b',
    '../a',
    'a\nb',
    'ä.deb',
    'a\u202eb',
    `${'a'.repeat(256)}`,
  ])('of %j does not exist: E_NAME', (name) => {
    expect(() => assetName(name)).toThrowWithCode('E_NAME');
  });

  test('is final: taking it again, or storing it on GitHub, changes nothing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.+_~-]{0,30}[A-Za-z0-9]$/), (name) => {
        const final = assetName(name);
        expect(assetName(final)).toBe(final);
        // What GitHub does to names: other characters become dots, and runs of dots one.
        expect(final.replace(/[^A-Za-z0-9.+_-]/g, '.').replace(/\.{2,}/g, '.')).toBe(final);
      }),
    );
  });
});

describe('names of several assets', () => {
  test('are mapped each', () => {
    expect([...assetNames(['b~1', 'a'])]).toEqual([
      ['b~1', 'b.1'],
      ['a', 'a'],
    ]);
  });

  test.each([[['a~1.deb', 'a.1.deb']], [['A.deb', 'a.deb']], [['x', 'x']]])('%j collide: E_NAME_COLLISION names both', (names) => {
    expect(() => assetNames(names)).toThrowWithCode('E_NAME_COLLISION', new RegExp(`^${names.join(' and ')} would both`));
  });
});

test('signatures of upstream are not signed, nor what they sign', () => {
  expect(namesToSign(['a.deb', 'x.orig.tar.xz', 'x.orig.tar.xz.asc', 'x.dsc'])).toEqual(['a.deb', 'x.dsc']);
});
