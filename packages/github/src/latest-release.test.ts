import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { drawnReleases, knownRelease } from './known-releases.test-support.ts';
import { becomesLatest, greatestRelease, latestRelease } from './latest-release.ts';

const tagOf = (tags: readonly string[], rules = {}) =>
  latestRelease(
    tags.map((tag) => knownRelease(tag)),
    rules,
  )?.tag;

describe('the latest release', () => {
  test('is the greatest stable one by version, whatever came out last', () => {
    expect(tagOf(['v1.9.0', 'v1.10.0', 'v1.2.9'])).toBe('v1.10.0');
    expect(tagOf(['v1.9.0', 'v2.0.0-rc.1', 'v10', 'nightly', 'library/v9.0.0'])).toBe('v1.9.0');
    expect(tagOf(['v2.0.0-rc.1'])).toBeUndefined();
    expect(tagOf([])).toBeUndefined();
  });

  test('is none that the configuration has in another channel, and none that somebody called a pre-release', () => {
    expect(tagOf(['v1.0.0', 'v1.1.0'], { 'v*.1.*': 'beta' })).toBe('v1.0.0');
    expect(latestRelease([knownRelease('v1.0.0'), knownRelease('v1.1.0', { prerelease: true })], {})?.tag).toBe('v1.0.0');
  });

  test('of any releases is published, good and stable, and no other such is above it', () => {
    fc.assert(
      fc.property(drawnReleases, (releases) => {
        const found = latestRelease(releases, {});
        const able = releases.filter((one) => !one.draft && !one.prerelease && one.mark === undefined && !one.tag.includes('-'));
        expect(found === undefined).toBe(able.length === 0);
        if (found !== undefined) {
          expect(able).toContain(found);
          expect(able.filter((one) => semver.gt(one.tag, found.tag))).toEqual([]);
        }
        expect(latestRelease(releases.toReversed(), {})).toBe(found);
      }),
    );
  });

  test('a backport does not become it; a release above all good ones does', () => {
    const releases = [knownRelease('v2.0.0'), knownRelease('v1.4.0'), knownRelease('v3.0.0', { mark: 'rolled-back' })];
    expect(becomesLatest('v1.4.1', releases, {})).toBe(false);
    expect(becomesLatest('v2.0.1', releases, {})).toBe(true);
    // Also when its own earlier self is in the list.
    expect(becomesLatest('v2.0.0', releases, {})).toBe(true);
    expect(becomesLatest('v0.1.0', [], {})).toBe(true);
  });

  test('tags without a version are never the greatest, and of two with the same version it is always the same one', () => {
    const both = [knownRelease('v1.0.0+b'), knownRelease('v1.0.0+a'), knownRelease('zzz')];
    expect(greatestRelease(both)?.tag).toBe('v1.0.0+b');
    expect(greatestRelease(both.toReversed())?.tag).toBe('v1.0.0+b');
    expect(greatestRelease([knownRelease('nightly')])).toBeUndefined();
  });
});
