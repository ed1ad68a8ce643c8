export { type Checksum, formatChecksums, parseChecksums } from './checksums.ts';
export { clearSign } from './clear-sign.ts';
export { type ContentDigests, digestContent, type Signable, type SumAlgorithm, sumAlgorithms } from './content-digests.ts';
export { groupedFingerprint } from './fingerprint.ts';
export { type Verification, verifyWithGpgv } from './gpgv.ts';
export { type PublishedKey, publishedKey } from './published-key.ts';
export { type DetachedSignature, detachedSignature, publicKeyArmored, type SignedContent, signContent } from './signature.ts';
export { type KeyFacts, readSigningKey, type SigningKey } from './signing-key.ts';
export { makeThrowAwayKey, throwAwayName } from './throw-away-key.ts';
