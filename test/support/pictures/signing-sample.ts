import { type SigningReport, signingSummary } from '@release-kit/action-sign-artifacts';

const old = '0123456789ABCDEF0123456789ABCDEF01234567';
const next = '89ABCDEF0123456789ABCDEF0123456789ABCDEF';
const names = ['hello-service', 'hello-service-dbgsym', 'libhello-service-with-a-long-name-dev', 'libhello-service-with-a-long-name1'];
const sha256 = '0123456789abcdef'.repeat(4);
const suffix = '_1.0.0+git20260101.0123456-1.deb12u1_amd64';

/** A release of many files in the middle of a rotation; the owner of the key has an odd name. */
export function signingSample(): string {
  const debs = names.flatMap((name) => ['bookworm', 'trixie', 'noble'].map((suite) => `${name}${suffix}.${suite}.deb`));
  const files: SigningReport['files'] = [
    { name: 'B2SUMS', size: 1800, signatures: ['.asc', '.sig'], sha256 },
    ...debs.map((name, index) => ({ name, size: 12_345 * 7 ** (index % 5), signatures: ['inside', '.asc', '.sig'], sha256 })),
    { name: `hello-service${suffix}.buildinfo`, size: 6543, signatures: ['inside', '.asc', '.sig'], sha256 },
    { name: `hello-service${suffix}.changes`, size: 2345, signatures: ['inside', '.asc', '.sig'], sha256 },
    { name: 'hello-service_1.0.0.orig.tar.xz', size: 234_567, signatures: [], sha256 },
    { name: 'SHA256SUMS', size: 1200, signatures: ['.asc', '.sig'], sha256 },
  ];
  return signingSummary({
    keys: [
      {
        fingerprint: old,
        signingFingerprint: old,
        userId: '<img src=x> [a](https://evil.example) @me',
        algorithm: 'RSA 4096',
        expires: 1_800_000_000_000,
        warnings: [],
      },
      {
        fingerprint: next,
        signingFingerprint: old,
        userId: 'Example Archive Signing Key (2026) <archive@example.org>',
        algorithm: 'Ed25519',
        expires: undefined,
        warnings: [],
      },
    ],
    throwAway: false,
    files,
    published: {
      keyName: 'example-archive-keyring',
      sums: [
        { name: 'SHA256SUMS', algorithm: 'sha256' },
        { name: 'B2SUMS', algorithm: 'blake2' },
      ],
      forms: ['asc', 'sig'],
      debsig: { deb: debs[0] ?? '', id: old },
    },
    programs: [
      { name: 'gpgv', version: '2.2.40' },
      { name: 'sqv', version: undefined },
    ],
  });
}
