import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { decideVersion, disagreement, withoutEpoch } from './build-version.ts';

const decide = (given: string | undefined, version: string) => decideVersion(given, { version, file: 'debian/changelog', line: 1 });

describe('decideVersion', () => {
  test.each([
    // given, changelog, built, new entry
    [undefined, '1.2.3-4', '1.2.3-4', false],
    ['v1.2.3', '1.2.3-4', '1.2.3-4', false],
    ['v1.2.3', '1.2.3', '1.2.3', false],
    ['v1.2.3', '1.2.2-4', '1.2.3-1', true],
    ['v1.2.3', '1.2.2', '1.2.3', true],
    ['v1.2.3', '1.2.3~rc.1-1', '1.2.3-1', true],
    ['v1.2.3-rc.1', '1.2.2-1', '1.2.3~rc.1-1', true],
    ['v1.2.3-rc.10', '1.2.3~rc.9-1', '1.2.3~rc.10-1', true],
    ['v2.0.0', '1:1.9-2', '1:2.0.0-1', true],
    ['v2.0.0', '1:2.0.0-2', '1:2.0.0-2', false],
    ['1.2.3-5', '1.2.3-4', '1.2.3-5', true],
    ['1.2.3-4', '1.2.3-4', '1.2.3-4', false],
    ['0:1.2.3-4', '1.2.3-4', '1.2.3-4', false],
    ['1:0.1', '9.9', '1:0.1', true],
  ])('%s over %s builds %s', (given, changelog, version, newEntry) => {
    expect(decide(given, changelog)).toMatchObject({ version, newEntry });
  });

  test.each([
    [undefined, '1.2.3-4', '1.2.3-4+debian12'],
    [undefined, '1.2.3', '1.2.3+debian12'],
    ['v1.3.0', '1.2.3-4', '1.3.0-1+debian12'],
    ['v1.2.3', '1:1.2.3-4', '1:1.2.3-4+debian12'],
  ])('%s over %s for one of several distributions is %s, above the plain one and below the next', (plain, newest, version) => {
    const decided = decideVersion({ plain, suffix: '+debian12' }, { version: newest, file: 'debian/changelog', line: 1 });
    expect(decided).toMatchObject({ version, newEntry: true, reason: expect.stringMatching(/with \+debian12 for its distribution/) });
    const without = version.replace('+debian12', '');
    for (const [lower, higher] of [
      [without, version],
      [version, version.replace('12', '13')],
      [version, `${without}.1`],
    ])
      execFileSync('dpkg', ['--compare-versions', String(lower), 'lt', String(higher)]);
  });

  test.each(['1.2.3-4', '1.2.3', '1:2.0~rc.1-1'])('a rebuild of %s is above it, and below its next revision', (newest) => {
    const { version } = decideVersion({ rebuild: 2 }, { version: newest, file: 'debian/changelog', line: 1 });
    expect(version).toBe(`${newest}+b2`);
    for (const [lower, higher] of [
      [newest, version],
      [version, `${newest}.1`],
    ])
      execFileSync('dpkg', ['--compare-versions', String(lower), 'lt', String(higher)]);
  });

  test.each([
    ['v1.2.2', '1.2.3-1'],
    ['v1.2.3-rc.1', '1.2.3-1'],
    ['1.2.3-3', '1.2.3-4'],
    ['9.9', '1:0.1'],
  ])('%s is older than %s', (given, changelog) => {
    expect(() => decide(given, changelog)).toThrowWithCode('E_VERSION', /already at/);
  });

  test.each(['V1.2.3', 'v1.2', '-v1.2.3', 'v1.0.0$(touch x)', 'v1.0.0;id', 'refs/tags/v1.0.0', ''])('%j is no tag', (given) => {
    expect(() => decide(given, '1.0-1')).toThrowWithCode('E_TAG');
  });

  test.each(['1.0 ', '1.0\n2', '1..;id', '1/../2', '1.0-'])('%j is no version', (given) => {
    expect(() => decide(given, '1.0-1')).toThrowWithCode('E_VERSION');
  });

  test('the reason names what the changelog says', () => {
    expect(decide('v2.0.0', '1.0').reason).toBe('from v2.0.0; debian/changelog says 1.0, so the build adds an entry');
    expect(decide(undefined, '1.0').reason).toBe('from debian/changelog');
  });
});

describe('a run of a release tag', () => {
  const of = (ref: string | undefined, version: string) => disagreement(ref, { version, file: 'debian/changelog', line: 1 })?.message;

  test.each([
    ['refs/tags/v1.2.3', '1.2.3'],
    ['refs/tags/v1.2.3', '2:1.2.3-4'],
    ['refs/tags/v1.2.3-rc.1', '1.2.3~rc.1-1'],
    ['refs/tags/v1.2.3+build.1', '1.2.3'],
    ['refs/tags/nightly', '1.2.3'],
    ['refs/tags/v9.9.9-rc1', '1.2.3'],
    ['refs/heads/v9.9.9', '1.2.3'],
    [undefined, '1.2.3'],
  ])('%s agrees with %s', (ref, version) => {
    expect(of(ref, version)).toBeUndefined();
  });

  test.each([
    ['refs/tags/v1.2.4', '1.2.3-1', 'this is a run of v1.2.4, but debian/changelog is at 1.2.3-1: the changelog has no entry for it'],
    [
      'refs/tags/v1.2.2',
      '1.2.3-1',
      'this is a run of v1.2.2, but debian/changelog is at 1.2.3-1: the tag is older, or at the wrong commit',
    ],
    [
      'refs/tags/v1.2.3-rc.1',
      '1.2.3',
      'this is a run of v1.2.3-rc.1, but debian/changelog is at 1.2.3: the tag is older, or at the wrong commit',
    ],
  ])('%s does not with %s, and it is said which is wrong', (ref, version, message) => {
    expect(of(ref, version)).toBe(message);
  });
});

test('file names have no epoch', () => {
  expect(withoutEpoch('1:2.0-1')).toBe('2.0-1');
  expect(withoutEpoch('2.0-1')).toBe('2.0-1');
});
