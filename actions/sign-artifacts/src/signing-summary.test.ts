import { expect, test } from '@jest/globals';
import type { KeyFacts } from '@release-kit/openpgp';
import type { SigningReport } from './signing-report.ts';
import { signingSummary } from './signing-summary.ts';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
const key: KeyFacts = {
  fingerprint,
  signingFingerprint: fingerprint,
  userId: 'Jane <jane@example.org>',
  algorithm: 'Ed25519',
  expires: Date.UTC(2027, 0, 2),
  warnings: [],
};
const report: SigningReport = {
  keys: [key],
  throwAway: false,
  files: [
    { name: 'hello_1.0-1_amd64.changes', size: 1234, signatures: ['inside', '.asc'], sha256: 'a'.repeat(64) },
    { name: 'hello_1.0-1_amd64.deb', size: 2_345_678, signatures: ['.asc'], sha256: 'b'.repeat(64) },
    { name: 'hello_1.0.orig.tar.gz', size: 99, signatures: [], sha256: 'c'.repeat(64) },
  ],
  published: { keyName: 'signing-key', sums: [{ name: 'SHA256SUMS', algorithm: 'sha256' }], forms: ['asc'], debsig: undefined },
  programs: [
    { name: 'gpgv', version: '2.2.40' },
    { name: 'sqv', version: undefined },
  ],
};

test('who signed, until when, and the fingerprint as people compare it', () => {
  const text = signingSummary(report);
  expect(text).toContain('Signed by Jane');
  expect(text).toContain('(Ed25519), until 2027-01-02.');
  expect(text).toContain(`The output has to name the key \`${fingerprint}\`.`);
  expect(text).toContain('`0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567`');
});

test('the subkey that signed, and the second key of a rotation, are named', () => {
  const subkey = 'F'.repeat(40);
  const second: KeyFacts = { ...key, userId: 'New', fingerprint: 'E'.repeat(40), signingFingerprint: subkey, expires: undefined };
  const text = signingSummary({ ...report, keys: [key, second] });
  expect(text).toMatch(
    /- Signed by Jane.*\n- and, while keys are rolled over, by New \(Ed25519, by its subkey `F{40}`\), without an end\./,
  );
});

test('those who know one key of a rotation are told what gpgv does; otherwise nobody is', () => {
  expect(signingSummary({ ...report, keys: [key, key] })).toContain('gpgv ends with exit code 2; apt and sqv accept it');
  expect(signingSummary(report)).not.toContain('exit code 2');
});

test('a throw-away key is called what it is', () => {
  expect(signingSummary({ ...report, throwAway: true })).toMatch(/\*\*throw-away key\*\*.*Nobody can trust/);
});

test('what was signed, how often, and how it was verified', () => {
  const text = signingSummary(report);
  expect(text).toContain('| `hello_1.0-1_amd64.changes` | 1.2 kB | inside, .asc |');
  expect(text).toContain("| `hello_1.0.orig.tar.gz` | 99 B | upstream's own |");
  expect(text).toContain(`${'b'.repeat(64)}  hello_1.0-1_amd64.deb`);
  expect(text).toContain(
    'Each of the 3 signatures was verified by gpgv 2.2.40 (sqv is not installed here) with nothing but the public key.',
  );
});

test('long lists are folded, and still the instructions are seen at once', () => {
  const files = Array.from({ length: 300 }, (_, index) => ({ name: `a_${index}_all.deb`, size: 1, signatures: ['.asc'], sha256: '0' }));
  const text = signingSummary({ ...report, files });
  expect(text).toContain('<details><summary>300 files</summary>');
  expect(text).toContain('_100 more files are signed._');
  expect(Buffer.byteLength(text)).toBeLessThan(200_000);
});

test('what strangers wrote stays text', () => {
  const userId = '<img src=x>|`x`\n::error::planted @someone [x](javascript:alert(1))';
  const text = signingSummary({
    ...report,
    keys: [{ ...key, userId }],
    files: [{ name: 'a|`b`', size: 1, signatures: ['.asc'], sha256: '0' }],
  });
  expect(text).not.toMatch(/<img|(?<!\\)\]\(javascript|@someone|^::error/m);
  expect(text.match(/^\| .* \| .* \| .* \|$/gm)).toHaveLength(3);
});

test('the same report gives the same bytes', () => {
  expect(signingSummary(report)).toBe(signingSummary(structuredClone(report)));
});
