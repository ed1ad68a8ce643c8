import { describe, expect, test } from '@jest/globals';
import type { PlannedRelease, StoredRelease } from '@release-kit/github';
import { compareWithPlan } from './comparison.ts';
import { draftSummary, sizeText } from './draft-summary.ts';

const asset = { name: 'a.deb', file: '/a.deb', size: 3, sha256: 'a'.repeat(64), contentType: 'x/y' };
const release: PlannedRelease = { tag: 'v1.0.0', title: 'v1.0.0', notes: '', commit: undefined, prerelease: false, assets: [asset] };
const holding = (...assets: StoredRelease['assets']): StoredRelease => ({ id: '1', url: 'https://example.org/x', draft: true, assets });

describe('a draft compared with its plan', () => {
  test('passes when it is the same, also where the store knows no digests', () => {
    expect(() => compareWithPlan(holding(asset), release)).not.toThrow();
    expect(() => compareWithPlan(holding({ ...asset, sha256: undefined }), release)).not.toThrow();
  });

  test.each([
    ['E_GITHUB', /a\.deb is missing/, holding()],
    ['E_DIGEST', /differs/, holding({ ...asset, size: 2 })],
    ['E_DIGEST', /differs/, holding({ ...asset, sha256: 'b'.repeat(64) })],
    ['E_ASSET_CONFLICT', /also holds "b\.deb"/, holding(asset, { ...asset, name: 'b.deb' })],
  ] as const)('%s %s', (code, message, draft) => {
    expect(() => compareWithPlan(draft, release)).toThrowWithCode(code, message);
  });
});

test('a draft on GitHub is linked in the summary', () => {
  expect(draftSummary(release, holding(asset))).toMatch(/\]\(https:\/\/example\.org\/x\): 1 assets/);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1536 * 1024, '1.5 MiB'],
  [5 * 1024 ** 4, '5120.0 GiB'],
])('%i bytes are shown as %s', (bytes, shown) => {
  expect(sizeText(bytes)).toBe(shown);
});
