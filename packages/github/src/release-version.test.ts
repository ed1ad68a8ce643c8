import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { compareReleaseVersions, releaseVersion } from './release-version.ts';

const number = fc.oneof(fc.nat(12), fc.constantFrom(99, 100, Number.MAX_SAFE_INTEGER)).map(String);
const identifier = fc.oneof(number, fc.constantFrom('a', 'ab', 'alpha', 'rc', 'RC', 'rc1', 'rc10', 'a-b', '-', '0a', '1-', 'Z'));
const pre = fc.array(identifier, { maxLength: 3 }).map((parts) => (parts.length === 0 ? '' : `-${parts.join('.')}`));
const text = fc
  .tuple(number, number, number, pre, fc.constantFrom('', '+b.7'))
  .map(([a, b, c, ending, build]) => `${a}.${b}.${c}${ending}${build}`);
const near = fc.tuple(pre, pre).map(([a, b]) => [`1.2.3${a}`, `1.2.3${b}`] as const);

describe('versions of release tags', () => {
  test('are ordered as semver.org says, by the word of the library semver', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(text, text), near), ([a, b]) => {
        const [left, right] = [releaseVersion(`v${a}`), releaseVersion(`v${b}`)];
        if (left === undefined || right === undefined) throw new Error(`${a} or ${b} was not read`);
        expect(Math.sign(compareReleaseVersions(left, right))).toBe(semver.compare(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['1.2.3', 'v1', 'v1.2', 'nightly', 'library/v1.2.3', 'v1.2.3-', 'v1.2.3-01', 'v01.2.3', 'v1.2.3 ', 'v1.2.3\n', 'v1.2.3-é', ''])(
    '%j is none',
    (tag) => {
      expect(releaseVersion(tag)).toBeUndefined();
    },
  );

  test('a tag as long as a file is none, at once', () => {
    expect(releaseVersion(`v1.2.3-${'a.'.repeat(100_000)}a`)).toBeUndefined();
  });
});
