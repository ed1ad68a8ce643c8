import { expect, test } from '@jest/globals';
import { attestationSummary, skipSummary } from './attestation-summary.ts';
import { claimsOfRelease } from './claims.test-support.ts';
import { Unattainable } from './unattainable.ts';

const subjects = [{ name: 'a_1_all.deb', digest: { sha256: 'a'.repeat(64) } }];

test('the summary says who signed, where it is kept, and how users verify', () => {
  const stored = { id: '101', url: 'https://github.com/owner/project/attestations/101' };
  expect(attestationSummary(subjects, claimsOfRelease, stored)).toBe(`### Provenance of one file

Signed by the identity of \`release-kit/release-kit/.github/workflows/release.yml@refs/tags/v1\`. [GitHub keeps it](https://github.com/owner/project/attestations/101).

Users verify any of the files with \`gh attestation verify a_1_all.deb --repo owner/project --signer-workflow release-kit/release-kit/.github/workflows/release.yml\``);
  expect(attestationSummary([...subjects, ...subjects], claimsOfRelease, undefined)).not.toMatch(/keeps it|one file/);
});

test('a skip says why and what to do, with words of strangers inert', () => {
  const text = skipSummary(new Unattainable('Rekor fails (<img src=x> @everyone)', 'Run it again later.'));
  expect(text).toMatch(/^### Nothing is attested\n/);
  expect(text).toMatch(/What to do: Run it again later\.$/);
  expect(text).not.toMatch(/<img|@everyone/);
});
