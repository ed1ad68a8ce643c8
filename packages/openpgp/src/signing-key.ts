import type { Key, PrivateKey, PublicKey, SecretKeyPacket, SecretSubkeyPacket, Subkey } from 'openpgp';
import { type KeyFacts, keyFacts } from './key-facts.ts';
import { describeParts } from './key-parts.ts';
import { readSecretKeys } from './key-text.ts';
import { digestSigner, type SignatureNumbers } from './secret-part.ts';
import { chooseSigner } from './signer-choice.ts';
import { probeKey } from './signing-probe.ts';
import { confirmSigner, openPart } from './unlocked-part.ts';

/** A key that can sign now: in memory, or far away. Its secret part cannot be read from it. */
export interface SigningKey extends KeyFacts {
  /** What users get. */
  readonly certificate: PublicKey;
  /** Of the part that signs; RFC 9580, section 9.1. */
  readonly algorithmNumber: number;
  /** Signs a digest of SHA-512. */
  signDigest(digest: Uint8Array): Promise<SignatureNumbers>;
}

export interface ReadSigningKey extends SigningKey {
  /** Sentences: what else was there, and why it does not sign. */
  readonly passedOver: readonly string[];
}

export interface SigningKeyChoice {
  /** Of the key or subkey that is to sign (see `readFingerprint`). */
  readonly fingerprint?: string | undefined;
  /** How the key is called in messages. */
  readonly name?: string;
}

/**
 * Reads a secret key as people keep it (see `decodeKeys`), picks what signs (see `chooseSigner`) at `now` (milliseconds), opens that part
 * only, and makes sure that it signs. The primary's secret part may be missing: an export of the subkeys only is the preferred form.
 * E_KEY_FORMAT, E_KEY_PUBLIC_ONLY, E_KEY_UNUSABLE, E_KEY_EXPIRED, E_KEY_REVOKED, E_KEY_NOT_YET_VALID, E_KEY_WEAK, E_PASSPHRASE, E_INPUT.
 */
export async function readSigningKey(
  given: string | Uint8Array,
  passphrase: string | undefined,
  now: number,
  { fingerprint, name = 'signing key' }: SigningKeyChoice = {},
): Promise<ReadSigningKey> {
  const { keys, onCards, leftOut } = await readSecretKeys(given, name);
  const descriptions = await Promise.all(keys.map((key) => describeParts(key, now, onCards)));
  const choice = chooseSigner(descriptions, now, fingerprint, name);
  const [key, description] = [keys[choice.key], descriptions[choice.key]];
  if (key === undefined || description === undefined) throw new Error('the key that was chosen is none of those that were read');
  const signer = await confirmSigner(key, choice.part.fingerprint, now, name);
  const unused = await openPart(signer.keyPacket, passphrase, name);
  const signing = {
    ...keyFacts(description, choice.part, now),
    ...(await signingPart(key, signer)),
  };
  await probeKey(signing, now, name);
  return {
    ...signing,
    warnings: [...unused, ...signing.warnings],
    passedOver: [...choice.passedOver, ...leftOut.map((what) => `The ${name} also holds ${what}.`)],
  };
}

/** `signer`: a decrypted part of the key; nothing else that is secret is kept. */
export async function signingPart(
  key: PrivateKey,
  { keyPacket }: PrivateKey | Subkey,
): Promise<Pick<SigningKey, 'certificate' | 'algorithmNumber' | 'signDigest'>> {
  if (!isSecret(keyPacket)) throw new Error('the part that signs has no secret part');
  return { certificate: key.toPublic(), algorithmNumber: keyPacket.algorithm, signDigest: await digestSigner(keyPacket) };
}

function isSecret(packet: Key['keyPacket'] | Subkey['keyPacket']): packet is SecretKeyPacket | SecretSubkeyPacket {
  return 'privateParams' in packet;
}

/** What is said of a key that is known to sign, by this part. */
export async function describeKey(key: Key, signer: Key | Subkey, now: number): Promise<KeyFacts> {
  const description = await describeParts(key, now);
  const fingerprint = signer.getFingerprint().toUpperCase();
  const part = [description.primary, ...description.subkeys].find((each) => each.fingerprint === fingerprint);
  if (part === undefined) throw new Error('the part that signs is none of the key');
  return keyFacts(description, part, now);
}
