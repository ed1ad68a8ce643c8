import { describe, expect, test } from '@jest/globals';
import { greatestTag, releaseTag } from './release-tag.ts';

describe('a release tag', () => {
  test.each([
    ['v1.2.3', 'v', '1.2.3', false],
    ['v1.2.3-rc.1', 'v', '1.2.3-rc.1', true],
    ['1.2.3', '', '1.2.3', false],
    ['server/v1.0.0', 'server/v', '1.0.0', false],
  ])('%s after %j is %s', (name, prefix, version, prerelease) => {
    expect(releaseTag(name, prefix)).toEqual({ name, version, prerelease });
  });

  test.each([
    'v1.2',
    'v1',
    'v01.2.3',
    'v1.2.3+build',
    'vv1.2.3',
    'V1.2.3',
    'v 1.2.3',
    'v1.2.3 ',
    'v1.0$(touch x)',
    'server/v1.0.0',
    'v1.2.3-',
    'v1.2.3-01',
    'x',
  ])('%j is none', (name) => {
    expect(releaseTag(name, 'v')).toBeUndefined();
  });
});

test('the greatest one is found by precedence, whatever the order', () => {
  const tags = ['v0.9.0', 'v1.0.0', 'v0.10.0', 'v1.1.0-rc.10', 'v1.1.0-rc.9']
    .map((name) => releaseTag(name, 'v'))
    .filter((tag) => tag !== undefined);
  expect(greatestTag(tags)?.name).toBe('v1.1.0-rc.10');
  expect(greatestTag(tags.toReversed())?.name).toBe('v1.1.0-rc.10');
  expect(greatestTag([])).toBeUndefined();
});
