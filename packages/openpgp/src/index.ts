export { type Checksum, formatChecksums, parseChecksums } from './checksums.ts';
export { type Verification, verifyWithGpgv } from './gpgv.ts';
export { detachedSignature, publicKeyArmored, type Signable } from './signature.ts';
export { readSigningKey, type SigningKey } from './signing-key.ts';
export { makeThrowAwayKey, throwAwayName } from './throw-away-key.ts';
