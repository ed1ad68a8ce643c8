import { describe, expect, test } from '@jest/globals';
import { refuseAboveLimits } from './github-limits.ts';
import { planRelease } from './release-plan.ts';

const file = (name: string, size = 1) => ({ name, file: `/build/${name}`, size, sha256: 'a'.repeat(64) });
const plan = (...names: string[]) =>
  planRelease({ tag: 'v1.0.0', prerelease: true, notes: 'one\r\ntwo\n\n', commit: undefined, files: names.map((name) => file(name)) });

describe('a release plan', () => {
  test('has final names sorted by code unit, media types, and notes with plain line ends', () => {
    const release = plan('b_1~1_all.deb', 'B.udeb', 'a.dsc', 'a.changes', 'SHA256SUMS', 'SHA256SUMS.asc', 'a.tar.xz');
    expect(release).toMatchObject({ tag: 'v1.0.0', title: 'v1.0.0', prerelease: true, notes: 'one\ntwo', commit: undefined });
    expect(release.assets.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['B.udeb', 'application/vnd.debian.binary-package'],
      ['SHA256SUMS', 'text/plain; charset=utf-8'],
      ['SHA256SUMS.asc', 'application/pgp-signature'],
      ['a.changes', 'text/plain; charset=utf-8'],
      ['a.dsc', 'text/plain; charset=utf-8'],
      ['a.tar.xz', 'application/octet-stream'],
      ['b_1.1_all.deb', 'application/vnd.debian.binary-package'],
    ]);
    expect(release.assets.at(-1)).toMatchObject({ file: '/build/b_1~1_all.deb', size: 1, sha256: 'a'.repeat(64) });
  });

  test('with two equal names is E_NAME_COLLISION', () => {
    expect(() => plan('a~1', 'a.1')).toThrowWithCode('E_NAME_COLLISION');
  });
});

describe("GitHub's limits", () => {
  const sized = (...sizes: number[]) =>
    planRelease({
      tag: 'v1.0.0',
      prerelease: false,
      notes: '',
      commit: undefined,
      files: sizes.map((size, index) => file(`f${index}`, size)),
    });

  test('let through what is just inside', () => {
    expect(() => refuseAboveLimits(sized(1, 2 * 1024 ** 3 - 1), 'x'.repeat(125_000))).not.toThrow();
    expect(() => refuseAboveLimits(sized(...Array<number>(1000).fill(1)), '')).not.toThrow();
  });

  test.each([
    ['exactly 2 GiB', sized(2 * 1024 ** 3), '', /less than 2 GiB/],
    ['an empty asset', sized(0), '', /is empty/],
    ['1,001 assets', sized(...Array<number>(1001).fill(1)), '', /allows 1000/],
    ['longer notes', sized(1), 'x'.repeat(125_001), /125001 characters/],
  ])('refuse %s', (_, release, body, message) => {
    expect(() => refuseAboveLimits(release, body)).toThrowWithCode('E_INPUT', message);
  });
});
