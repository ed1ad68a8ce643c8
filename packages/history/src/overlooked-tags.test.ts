import { describe, expect, test } from '@jest/globals';
import { likelyPatterns, overlookedTags } from './overlooked-tags.ts';
import { releaseTag } from './release-tag.ts';
import { tagFamily } from './tag-family.ts';

const family = tagFamily('v*');
const looking = (names: readonly string[], last?: string, pattern = 'v*') =>
  overlookedTags(
    names.map((name) => ({ name, sha: name })),
    tagFamily(pattern),
    last === undefined ? undefined : releaseTag(last, tagFamily(pattern).prefix),
  ).map(({ name }) => name);

describe('before a first release', () => {
  test.each([
    '26.2.1',
    '26.2',
    'v26',
    'V_10_5_P1',
    'curl-8_20_0',
    'R_2_8_3',
    'release-1.2.3',
    'boost-1.90.0.beta1',
    '51.alpha',
    '2026.08.0',
    '@scope/cli@3.0.1',
    'log4j-2.17.1',
    'debian/1.2.3-1',
  ])('%s looks like a release', (name) => {
    expect(looking([name])).toEqual([name]);
  });

  test.each([
    '1.5.x',
    'master.mint22',
    'nightly',
    'nightly-20240101',
    'build-77',
    'v20240101',
    '2024-01-01',
    'sprint-4',
    'last-good',
    `${'1.'.repeat(150)}0`,
  ])('%s does not', (name) => {
    expect(looking([name])).toEqual([]);
  });

  test('the one with the greatest number comes first, not the one with the last name', () => {
    expect(looking(['1.9', '1.10', '0.99.9'])).toEqual(['1.10', '1.9', '0.99.9']);
  });
});

describe('after a release', () => {
  test.each([
    ['v2.42', 'v2.7.1'],
    ['v26.08.0', 'v19.12.2'],
    ['2024.10.2', 'v1.20.4'],
    ['release-2.0.0', 'v1.20.4'],
  ])('%s is above %s and of its kind', (name, last) => {
    expect(looking([name], last)).toEqual([name]);
  });

  test.each([
    ['v2.7', 'v2.7.1'],
    ['1.0.0', 'v1.0.0'],
    ['client-9.1.2', 'v8.2.2'],
    ['api/v1.12.0', 'v1.2.0'],
  ])('%s is below %s, or may be another package', (name, last) => {
    expect(looking([name], last)).toEqual([]);
  });

  test('what begins as the tags of the package do is looked at, whatever that is', () => {
    expect(looking(['server/v2.1', 'v9.9'], 'server/v2.0.0', 'server/v*')).toEqual(['server/v2.1']);
  });
});

describe('the patterns that would find them', () => {
  const patterns = (...names: readonly string[]) =>
    likelyPatterns(
      overlookedTags(
        names.map((name) => ({ name, sha: name })),
        family,
        undefined,
      ),
    );

  test('come by how many they find; a few old ones of another kind are no choice', () => {
    const many = Array.from({ length: 30 }, (_, index) => `1.${index}.0`);
    expect(patterns(...many, 'a-1.0.0', 'a-1.1.0', 'a-1.2.0', 'old-0.1.0')).toEqual(['*', 'a-*']);
  });

  test('none is named for numbers that are no semantic version, nor for revisions of Debian', () => {
    expect(patterns('1.2', 'v26', 'R_2_8_3', '2026.08.0', 'debian/1.2.3-1')).toEqual([]);
  });

  test('candidates count', () => {
    expect(patterns('2.0.0-rc.1')).toEqual(['*']);
  });
});
