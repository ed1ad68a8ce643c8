import { describe, expect, test } from '@jest/globals';
import type { KnownRelease } from '@release-kit/github';
import { chooseCandidate } from './candidate.ts';

const release = (tag: string, given: Partial<KnownRelease> = {}): KnownRelease => ({
  ...{ id: tag, tag, body: '', draft: false, prerelease: tag.includes('-'), immutable: false, mark: undefined, url: '' },
  ...given,
});
const releases = [
  release('v1.2.0-rc.2'),
  release('v1.2.0-rc.10'),
  release('v1.2.0-rc.11', { draft: true }),
  release('v1.2.0-rc.12', { mark: 'rolled-back' }),
  release('v1.2.0-rc.13', { draft: true, mark: 'yanked' }),
  release('v1.2.1-rc.1'),
  release('v1.1.0'),
];

describe('the candidate of a stable release', () => {
  test('is the greatest published good pre-release of the same version, or the one that is named', () => {
    expect(chooseCandidate('v1.2.0', undefined, releases).tag).toBe('v1.2.0-rc.10');
    expect(chooseCandidate('v1.2.0', 'v1.2.0-rc.2', releases).tag).toBe('v1.2.0-rc.2');
  });

  test.each([
    ['v1.2.0-rc.11', /not published/],
    ['v1.2.0-rc.12', /rolled back/],
    ['v1.2.0-rc.13', /yanked/],
    ['v1.2.1-rc.1', /another version/],
    ['v1.2.0', /the same/],
    ['v9.0.0-rc.1', /no such release/],
  ])('is never %s', (named, message) => {
    expect(() => chooseCandidate('v1.2.0', named, releases)).toThrowWithCode('E_INPUT', message);
  });

  test('is missing where none is published', () => {
    expect(() => chooseCandidate('v1.1.0', undefined, releases)).toThrowWithCode('E_INPUT', /no pre-release of v1\.1\.0/);
  });
});
