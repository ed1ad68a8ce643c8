import { describe, expect, test } from '@jest/globals';
import type { PlannedRelease, StoredRelease } from '@release-kit/github';
import { compareWithPlan } from './comparison.ts';
import { draftSummary, planLines } from './draft-summary.ts';

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
  expect(draftSummary(release, holding(asset))).toMatch(/\]\(https:\/\/example\.org\/x\): one asset\./);
});

test('the plan names every file, and counts the signatures', () => {
  const named = (name: string) => ({ ...asset, name });
  const assets = ['a.deb', 'a.deb.asc', 'signing-key.asc', 'SHA256SUMS', 'SHA256SUMS.asc'].map(named);
  expect(planLines({ ...release, commit: 'c0ffee', assets })).toEqual([
    'a.deb                 3 B',
    'signing-key.asc       3 B',
    'SHA256SUMS            3 B',
    'and 2 signatures, each beside its file as .asc',
    'commit c0ffee',
  ]);
});
