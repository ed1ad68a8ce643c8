import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { drawnReleases, knownRelease } from './known-releases.test-support.ts';
import { pointerKinds, pointersOf } from './release-pointer.ts';

const releases = ['v1.2.0', 'v1.10.1', 'v1.2.1', 'v2.0.0', 'v2.1.0-rc.1', 'v2.1.0-nightly.4'].map((tag) => knownRelease(tag));
const shown = (tag: string, channel: string, list = releases) =>
  pointersOf({ tag, channel }, pointerKinds, list, {}).map(({ name, to }) => `${name} ${to}`);

describe('pointers', () => {
  test('name the greatest good release of their line, whatever is released now', () => {
    expect(shown('v1.2.1', 'stable')).toEqual(['v1 v1.10.1', 'v1.2 v1.2.1', 'stable v2.0.0']);
    expect(shown('v1.2.0', 'stable')).toEqual(['v1 v1.10.1', 'v1.2 v1.2.1', 'stable v2.0.0']);
  });

  test('of versions are moved by stable releases only; those of channels by the ones in them', () => {
    expect(shown('v2.1.0-rc.1', 'beta')).toEqual(['beta v2.1.0-rc.1']);
    expect(shown('v2.1.0-nightly.4', 'nightly')).toEqual(['nightly v2.1.0-nightly.4']);
  });

  test('name nothing when no good release is left', () => {
    expect(shown('v1.0.0', 'stable', [knownRelease('v1.0.0', { mark: 'rolled-back' })])).toEqual([
      'v1 undefined',
      'v1.0 undefined',
      'stable undefined',
    ]);
  });

  test('are never tags of releases where releases are immutable', () => {
    const refusals = (list: typeof releases) => pointersOf({ tag: 'v1.2.1', channel: 'stable' }, ['major'], list, {})[0]?.refused;
    expect(refusals(releases)).toBeUndefined();
    expect(refusals([...releases, knownRelease('v1')])).toBeUndefined();
    expect(refusals([...releases, knownRelease('v1', { immutable: true })])).toBe('its release is immutable');
    expect(refusals([...releases, knownRelease('v1'), knownRelease('v0.1.0', { immutable: true })])).toMatch(/makes releases immutable/);
    expect(refusals([...releases, knownRelease('v0.1.0', { immutable: true })])).toBeUndefined();
  });

  test('of any releases never name what is bad, hidden or of another line, nor anything below a good one of it', () => {
    fc.assert(
      fc.property(drawnReleases, fc.nat(3), fc.nat(3), (list, major, minor) => {
        for (const { name, to } of pointersOf({ tag: `v${major}.${minor}.0`, channel: 'stable' }, ['major', 'minor'], list, {})) {
          const line = list.filter(
            (one) => one.tag.startsWith(`${name}.`) && !one.draft && !one.prerelease && one.mark === undefined && !one.tag.includes('-'),
          );
          expect(to === undefined).toBe(line.length === 0);
          if (to !== undefined) expect(line.map(({ tag }) => tag)).toContain(to);
          expect(line.filter(({ tag }) => to !== undefined && semver.gt(tag, to))).toEqual([]);
        }
      }),
    );
  });
});
