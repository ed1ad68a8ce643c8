import type { PublicKey } from 'openpgp';
import { compareWithPublished, type PublishedComparison } from './certificate-comparison.ts';
import { type KeyFacts, keyFacts } from './key-facts.ts';
import { describeParts, type KeyDescription } from './key-parts.ts';
import { readCertificates } from './key-text.ts';
import { chooseSigner } from './signer-choice.ts';
import type { SigningKeyChoice } from './signing-key.ts';

/** What can be known of a signing key without its secret part. */
export interface PublicSigner extends KeyFacts {
  readonly certificate: PublicKey;
  /** Sentences: what else was there, and why it does not sign. */
  readonly passedOver: readonly string[];
  readonly description: KeyDescription;
}

/**
 * Reads a public key in any form (see `decodeKeys`) and picks the part that signs by the same rules as `readSigningKey`.
 * E_KEY_FORMAT, E_KEY_UNUSABLE, E_KEY_EXPIRED, E_KEY_REVOKED, E_KEY_NOT_YET_VALID, E_KEY_WEAK, E_INPUT.
 */
export async function readPublicSigner(
  given: string | Uint8Array,
  now: number,
  { fingerprint, name = 'public key' }: SigningKeyChoice = {},
): Promise<PublicSigner> {
  const certificates = await readCertificates(given, name);
  const descriptions = await Promise.all(certificates.map((key) => describeParts(key, now)));
  const { key, part, passedOver } = chooseSigner(descriptions, now, fingerprint, name);
  const [certificate, description] = [certificates[key], descriptions[key]];
  if (certificate === undefined || description === undefined) throw new Error('the key that was chosen is none of those that were read');
  return { ...keyFacts(description, part, now), certificate, passedOver, description };
}

/** Whether users who have this public key (its file's content) can verify what the key signs. E_KEY_FORMAT, E_KEY_UNUSABLE. */
export async function comparePublicKey(
  signing: KeyFacts,
  published: string | Uint8Array,
  now: number,
  name: string,
): Promise<PublishedComparison> {
  const certificates = await readCertificates(published, name);
  return compareWithPublished(signing, await Promise.all(certificates.map((key) => describeParts(key, now))), now, name);
}
