import type { KeyDescription, KeyPart } from './key-parts.ts';
import { dateOf } from './key-refusal.ts';

/** What is known of a key that signs; nothing in it is secret. */
export interface KeyFacts {
  /** Of the primary key: 40 upper-case hexadecimal digits. This is what people compare. */
  readonly fingerprint: string;
  /** Of the key or subkey that signs. */
  readonly signingFingerprint: string;
  readonly userId: string;
  /** `Ed25519`, `RSA 4096` */
  readonly algorithm: string;
  /** Milliseconds since 1970; undefined when neither the key nor the subkey expires. */
  readonly expires: number | undefined;
  /** Sentences a person must see: near expiry, unused passphrase. */
  readonly warnings: readonly string[];
}

const day = 24 * 60 * 60 * 1000;
/** Long enough to roll a key over before a release fails. */
const warnBefore = 30 * day;

/** `part`: the one that signs. */
export function keyFacts(key: KeyDescription, part: KeyPart, now: number): KeyFacts {
  const expires = firstExpiry(key, part);
  return {
    fingerprint: key.primary.fingerprint,
    signingFingerprint: part.fingerprint,
    userId: key.userId,
    algorithm: part.algorithm.name,
    expires,
    warnings: expires !== undefined && expires - now < warnBefore ? [expiryWarning(key, part, expires)] : [],
  };
}

/** A subkey ends with its primary key. */
function firstExpiry({ primary }: KeyDescription, { selfSignature }: KeyPart): number | undefined {
  const ends = [primary.selfSignature?.expires, selfSignature?.expires].flatMap((end) => (end === undefined ? [] : [end]));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function expiryWarning({ primary }: KeyDescription, { role, fingerprint, selfSignature }: KeyPart, expires: number): string {
  const subkey =
    role === 'subkey' && selfSignature?.expires === expires ? `The signing subkey ${fingerprint} of the key` : 'The signing key';
  return `${subkey} ${primary.fingerprint} expires on ${dateOf(expires)}.`;
}
