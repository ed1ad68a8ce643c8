import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { baselineOf, greatestTag, releaseTag } from './release-tag.ts';

const tags = (...names: string[]) => names.map((name) => releaseTag(name, 'v')).filter((tag) => tag !== undefined);

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

describe('the baseline', () => {
  const all = tags('v0.9.0', 'v0.10.0', 'v1.0.0-rc.1', 'v1.0.0-rc.10', 'v1.0.0-rc.2', 'v1.0.0', 'v1.1.0-rc.1', 'v1.0.1');
  test.each([
    ['1.1.0', 'v1.0.1'],
    ['1.1.0-rc.2', 'v1.1.0-rc.1'],
    ['1.0.0', 'v0.10.0'],
    ['1.0.0-rc.11', 'v1.0.0-rc.10'],
    ['1.0.0-rc.1', 'v0.10.0'],
    ['1.0.1', 'v1.0.0'],
    ['0.10.0', 'v0.9.0'],
    ['0.9.0', undefined],
    [undefined, 'v1.0.1'],
  ])('of %s is %s', (version, name) => {
    expect(baselineOf(version, all)?.name).toBe(name);
    expect(baselineOf(version, all.toReversed())?.name).toBe(name);
  });

  test('of a commit after pre-releases only is nothing', () => {
    expect(baselineOf(undefined, tags('v1.0.0-rc.1'))).toBeUndefined();
    expect(greatestTag([])).toBeUndefined();
  });

  test('is always lower, and a stable one of a stable release, whatever the tags', () => {
    const part = fc.nat(3);
    const version = fc.tuple(part, part, part, fc.option(part)).map(([a, b, c, rc]) => `${a}.${b}.${c}${rc === null ? '' : `-rc.${rc}`}`);
    fc.assert(
      fc.property(version, fc.array(version, { maxLength: 20 }), (current, others) => {
        const found = baselineOf(current, tags(...others.map((other) => `v${other}`)));
        const stable = semver.prerelease(current) === null;
        const candidates = semver.sort(
          others.filter((other) => semver.lt(other, current) && !(stable && semver.prerelease(other) !== null)),
        );
        expect(found?.version).toBe(candidates.at(-1));
      }),
    );
  });
});
