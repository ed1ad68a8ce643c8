import { describe, expect, test } from '@jest/globals';
import { debianVersionOf, parseTag } from './tag.ts';
import { compareVersions } from './version.ts';

describe('parseTag', () => {
  test.each([
    ['v1.2.3', '1.2.3', false],
    ['v0.0.0', '0.0.0', false],
    ['v1.2.3-rc.1', '1.2.3-rc.1', true],
    ['v1.2.3-0a.x-y.7', '1.2.3-0a.x-y.7', true],
    ['v1.2.3+build.5', '1.2.3+build.5', false],
    ['v1.2.3-rc.1+build-5', '1.2.3-rc.1+build-5', true],
  ])('%s', (tag, version, prerelease) => {
    expect(parseTag(tag)).toEqual({ tag, version, prerelease });
  });

  test.each([
    '',
    'v',
    'v1',
    '1.2.3',
    'V1.2.3',
    'v01.2.3',
    'v1.2.3-01',
    'v1.2.3-',
    'v1.2.3+',
    'v1.2.3-a..b',
    'v1.2.3.4',
    ' v1.2.3',
    'v1.2.3\n',
    'refs/tags/v1.2.3',
    '-v1',
    'v1.0$(touch x)',
    'v1`id`',
    'v1;id',
    'v1<<EOF',
    'v1.2.3-rc.1;id',
    'v１.2.3',
    'v1.2.3-\u202erc',
    'v1.2.3-é',
    'v99999999999999999999.0.0',
    `v1.2.3-${'a'.repeat(300)}`,
    '%0Av1.2.3',
    'v{{x}}',
    'vv1.2.3',
  ])('refuses %j', (tag) => {
    expect(() => parseTag(tag)).toThrowWithCode('E_TAG');
  });

  test('says what was probably meant', () => {
    expect(() => parseTag('1.2.3')).toThrowWithCode('E_TAG', /did you mean v1\.2\.3\?/);
    expect(() => parseTag('v1.2')).toThrowWithCode('E_TAG', /did you mean v1\.2\.0\?/);
  });
});

describe('debianVersionOf', () => {
  test.each([
    ['1.2.3', '1', '1.2.3-1'],
    ['1.2.3-rc.1', '1', '1.2.3~rc.1-1'],
    ['1.2.3-alpha', '0ubuntu1', '1.2.3~alpha-0ubuntu1'],
    ['1.2.3-0.3.7', '1', '1.2.3~0.3.7-1'],
    ['1.2.3+build.5', '1', '1.2.3-1'],
    ['1.2.3-rc.1+b', '', '1.2.3~rc.1'],
  ])('%s with revision %j is %s', (semver, revision, expected) => {
    expect(debianVersionOf(semver, revision)).toBe(expected);
  });

  test('has revision 1 by default', () => {
    expect(debianVersionOf('0.1.0')).toBe('0.1.0-1');
  });

  test.each(['1.2.3-rc1', '1.2.3-a.b', '1.2.3-a-b', '1.2.3-1a', '1.2.3-rc.1.x', '1.2.3--1'])(
    'refuses %s, which dpkg may order differently',
    (semver) => {
      expect(() => debianVersionOf(semver)).toThrowWithCode('E_VERSION', /ordered differently/);
    },
  );

  test('proposes the dotted form', () => {
    expect(() => debianVersionOf('1.2.3-rc1')).toThrowWithCode('E_VERSION', /write 1\.2\.3-rc\.1$/);
    expect(() => debianVersionOf('1.2.3-beta-02')).toThrowWithCode('E_VERSION', /write 1\.2\.3-beta\.2$/);
  });

  test.each([
    ['v1.2.3', '1'],
    ['1.2', '1'],
    ['1.2.3', '1-2'],
    ['1.2.3', 'a/b'],
    ['1.2.3', ' 1'],
  ])('refuses %j with revision %j', (semver, revision) => {
    expect(() => debianVersionOf(semver, revision)).toThrowWithCode('E_VERSION');
  });

  test('keeps the order of semver.org', () => {
    const rising = [
      '1.0.0-1',
      '1.0.0-1.1',
      '1.0.0-2',
      '1.0.0-10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.1.1',
      '1.0.0-alpha.2',
      '1.0.0-alpha.10',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-rc.1',
      '1.0.0-rc.9',
      '1.0.0-rc.10',
      '1.0.0',
      '1.0.1-rc.1',
      '1.0.1',
      '1.0.10',
      '1.10.0',
    ].map((semver) => debianVersionOf(semver));
    for (const [i, a] of rising.entries()) {
      for (const b of rising.slice(i + 1)) expect({ a, b, order: compareVersions(a, b) }).toEqual({ a, b, order: -1 });
    }
  });
});
