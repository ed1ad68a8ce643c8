import { type ErrorCode, inertLine } from '@release-kit/action';
import type { KeyDescription, KeyPart } from './key-parts.ts';
import { hashWeakness, unknownToUsers, weaknessOf } from './key-strength.ts';

/** Why a part of a key must not sign. */
export interface Refusal {
  readonly code: ErrorCode;
  /** Continues "the subkey 1234…": `expired on 2026-01-02`. */
  readonly reason: string;
  /** When it is more exact than the catalog's; FINGERPRINT stands for that of the primary key. */
  readonly cure?: string;
  /** The reason is one of the primary key, whichever part was asked for. */
  readonly ofPrimary?: true;
}

/**
 * Whether a part of a key may sign at `now` (milliseconds), for every user of apt of Debian 12 and 13; undefined when it may.
 * Asked of the primary key first: nothing that belongs to a primary key which is revoked, weak or expired is worth more.
 */
export function refusalOf(part: KeyPart, key: KeyDescription, now: number): Refusal | undefined {
  const ofPrimary = ownRefusal(key.primary, key, now);
  if (ofPrimary !== undefined) return { ...ofPrimary, ofPrimary: true };
  return (part === key.primary ? undefined : ownRefusal(part, key, now)) ?? missing(part);
}

/** Whether the part is there to sign; where no signature tells, by what its algorithm can. */
export function isMeantToSign({ selfSignature, algorithm }: KeyPart): boolean {
  return selfSignature?.maySign ?? /^(rsaEncryptSign|rsaSign|dsa|ecdsa|eddsaLegacy|ed25519|ed448)$/.test(algorithm.family);
}

function ownRefusal(part: KeyPart, key: KeyDescription, now: number): Refusal | undefined {
  if (part.revoked === 'yes') return { code: 'E_KEY_REVOKED', reason: 'is revoked' };
  // Before the signatures: of some weak kinds the library cannot verify any.
  const weakness = weaknessOf(part.algorithm);
  if (weakness !== undefined) return { code: 'E_KEY_WEAK', reason: `is too weak: ${weakness}` };
  if (part.revoked === 'damaged') return damage('carries a revocation that does not verify');
  const unknown = unknownToUsers(part.algorithm);
  if (unknown !== undefined) return { code: 'E_KEY_UNUSABLE', reason: `is not for all users: ${unknown}`, cure: makeKnown };
  return signatureRefusal(part, key) ?? timeRefusal(part, now);
}

function signatureRefusal(part: KeyPart, key: KeyDescription): Refusal | undefined {
  const { selfSignature, counterSignature } = part;
  if (selfSignature === undefined) return damage('is signed by no signature of the key itself that verifies');
  const weakness = hashWeakness(selfSignature.hash);
  if (weakness !== undefined) return weakSignature(part, key, weakness);
  if (part.role === 'primary key') return undefined;
  if (!selfSignature.maySign) return undefined;
  if (counterSignature === undefined)
    return { code: 'E_KEY_UNUSABLE', reason: 'has not signed its primary key, so every apt refuses it', cure: crossCertify };
  const counterWeakness = hashWeakness(counterSignature);
  return counterWeakness === undefined ? undefined : weakSignature(part, key, counterWeakness);
}

function weakSignature({ role, fingerprint }: KeyPart, { userId, primary }: KeyDescription, weakness: string): Refusal {
  const what = role === 'subkey' ? 'is bound to its primary key' : `is bound to its user id ${inertLine(userId)}`;
  return {
    code: 'E_KEY_WEAK',
    reason: `${what} by a signature with ${weakness}`,
    cure:
      role === 'subkey'
        ? `Make a new signing subkey with gpg 2.2 or later: gpg --quick-add-key ${primary.fingerprint} ed25519 sign 2y; export the key again.`
        : `Sign it anew with gpg 2.2 or later: gpg --cert-digest-algo SHA512 --quick-set-expire ${fingerprint} 5y; export the key again, and give users the new public key.`,
  };
}

function timeRefusal({ selfSignature, created, role, fingerprint }: KeyPart, now: number): Refusal | undefined {
  const expires = selfSignature?.expires;
  if (expires !== undefined && expires <= now) {
    const extend = `gpg --quick-set-expire FINGERPRINT 2y${role === 'subkey' ? ` ${fingerprint}` : ''}`;
    const cure = `Set a later date with the primary key: ${extend}; export the key again, and give users the new public key.`;
    return { code: 'E_KEY_EXPIRED', reason: `expired on ${dateOf(expires)}`, cure };
  }
  const from = Math.max(created, selfSignature?.made ?? 0);
  return from <= now
    ? undefined
    : { code: 'E_KEY_NOT_YET_VALID', reason: `is valid from ${timeOf(from)} on, and the clock of this machine says ${timeOf(now)}` };
}

function missing({ secret }: KeyPart): Refusal | undefined {
  switch (secret) {
    case 'there':
    case 'none':
      return undefined;
    case 'left out':
      return {
        code: 'E_KEY_UNUSABLE',
        reason: 'has no secret part here: it was left out of the export',
        cure: 'Export it where its secret part is: gpg --armor --export-secret-subkeys, or --export-secret-keys when no subkey signs.',
      };
    case 'on a smartcard':
      return {
        code: 'E_KEY_UNUSABLE',
        reason: 'has its secret part on a smartcard',
        cure: 'Export a subkey whose secret part is in a file, or let a program sign with the card: the input signer.',
      };
  }
}

const makeKnown = 'Make a signing subkey that all know: gpg --quick-add-key FINGERPRINT ed25519 sign 2y; with sq, say --profile rfc4880.';
const crossCertify = 'Run gpg --edit-key FINGERPRINT cross-certify save, export the key again, and give users the new public key.';

function damage(reason: string): Refusal {
  return {
    code: 'E_KEY_FORMAT',
    reason: `is damaged: it ${reason}`,
    cure: 'Export it again and paste it unchanged; gpg --check-signatures must find no bad signature.',
  };
}

/** `2026-01-02` */
export function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `2026-01-02 03:04:05 UTC` */
function timeOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
