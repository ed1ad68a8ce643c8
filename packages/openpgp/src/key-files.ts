import type { PrivateKey, Subkey } from 'openpgp';
import { maySign, secretArmored, subkeysOnly } from './key-forms.ts';
import { isLocked, lockKey, openPrimary, readOnlyKey } from './key-lock.ts';
import { makeKey, type NewKey } from './key-making.ts';
import { addSigningSubkey } from './key-rotation.ts';
import { readCertificates } from './key-text.ts';
import { type PublishedKey, publishedKey } from './published-key.ts';
import { revocationCertificate, revokePublicKey, revokeSubkey } from './revocation.ts';

/** The content of a key's file, in any form that `readSecretKeys` and `readCertificates` read, and how the file is called in messages. */
export interface KeyContent {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Texts of files; what is secret in them is locked by the passphrase, when there is one. */
export interface KeyFiles {
  /** Of the primary key. */
  readonly fingerprint: string;
  /** Of the subkey that signs. */
  readonly signingFingerprint: string;
  /** Of that subkey; milliseconds since 1970. */
  readonly expires: number;
  /** The whole secret key, armored: for a safe place without network. */
  readonly offline: string;
  /** The subkey that signs, on one line: for the secret of the repository. */
  readonly secret: string;
  /** What everyone gets. */
  readonly published: PublishedKey;
}

export interface NewKeyFiles extends KeyFiles {
  /** Armored; ends the key when it is imported and published. */
  readonly revocation: string;
}

/**
 * A new key in all forms in which it is kept. `beside`: an older key, public or secret, that users have now; it is published along
 * with the new one, which takes its place.
 */
export async function newKeyFiles(wishes: NewKey, passphrase: string | undefined, now: number, beside?: KeyContent): Promise<NewKeyFiles> {
  const older = beside === undefined ? [] : await readCertificates(beside.content, beside.name);
  const key = await makeKey(wishes, now);
  const revocation = await revocationCertificate(key, now);
  const files = await filesOf(await lockKey(key, passphrase), newestOf(key));
  return { ...files, revocation, published: await publishedKey([...older, key], now) };
}

export interface Rotation {
  readonly validDays: number;
  /** Fingerprint of a subkey that is not safe any more. */
  readonly revoke?: string | undefined;
}

export interface RotatedKeyFiles extends KeyFiles {
  /**
   * The subkey that signed until now, in a secret of its own with the new certificate around it: what is published from it during the
   * announcement holds the new subkey. undefined when there was none with a secret part, and when it is revoked.
   */
  readonly oldSecret: string | undefined;
  /** Of that subkey; milliseconds. undefined also when there was none. */
  readonly oldExpires: number | undefined;
}

/**
 * A new subkey that signs, under the same primary key; the others stay, but for the one to revoke. The secret form holds the new one only.
 * `offline`: the whole secret key. E_KEY_FORMAT, E_KEY_PUBLIC_ONLY, E_KEY_UNUSABLE, E_PASSPHRASE, E_INPUT.
 */
export async function rotateKeyFiles(
  offline: KeyContent,
  passphrase: string | undefined,
  { validDays, revoke }: Rotation,
  now: number,
): Promise<RotatedKeyFiles> {
  const given = await readOnlyKey(offline.content, offline.name);
  const open = await openPrimary(given, passphrase);
  const old = given.subkeys.findLast(maySign);
  const kept = revoke === undefined ? open : await revokeSubkey(open, revoke, 'compromised', now);
  const key = await addSigningSubkey(kept, validDays, now);
  const added = newestOf(key);
  const locked = await lockKey(key, isLocked(given) ? passphrase : undefined);
  return {
    ...(await filesOf(locked, added)),
    published: await publishedKey([key], now),
    oldSecret: revoke === undefined ? await secretOf(locked, old) : undefined,
    oldExpires: old === undefined ? undefined : await expiryOf(old),
  };
}

async function secretOf(key: PrivateKey, subkey: Subkey | undefined): Promise<string | undefined> {
  if (subkey === undefined || !('isDummy' in subkey.keyPacket) || subkey.keyPacket.isDummy()) return undefined;
  return (await subkeysOnly(key, [subkey.getFingerprint().toUpperCase()])).oneLine;
}

/**
 * A key with a subkey that signs no more, at the end of a rotation: the whole, the secret of the subkeys that still sign (undefined when there is none),
 * and the public forms. As `rotateKeyFiles`.
 */
export async function retireSubkey(
  offline: KeyContent,
  passphrase: string | undefined,
  subkey: string,
  now: number,
): Promise<Pick<KeyFiles, 'offline' | 'published'> & { readonly secret: string | undefined }> {
  const given = await readOnlyKey(offline.content, offline.name);
  const key = await revokeSubkey(await openPrimary(given, passphrase), subkey, 'retired', now);
  const locked = await lockKey(key, isLocked(given) ? passphrase : undefined);
  const next = locked.subkeys.findLast((each) => maySign(each) && each.getFingerprint().toUpperCase() !== subkey);
  return { offline: await secretArmored(locked), secret: await secretOf(locked, next), published: await publishedKey([key], now) };
}

/** The secret of the repository and the public forms, of a key as it is; nothing is opened. `subkey`: only this one. As `subkeysOnly`. */
export async function exportKeyFiles(
  from: KeyContent,
  subkey: string | undefined,
  now: number,
): Promise<{ readonly secret: string; readonly subkeys: readonly string[]; readonly published: PublishedKey }> {
  const key = await readOnlyKey(from.content, from.name);
  const { oneLine, subkeys } = await subkeysOnly(key, subkey === undefined ? undefined : [subkey]);
  return { secret: oneLine, subkeys, published: await publishedKey([key], now) };
}

/** Whether a passphrase is needed to use the key. As `readOnlyKey`. */
export async function isLockedKey(from: KeyContent): Promise<boolean> {
  return isLocked(await readOnlyKey(from.content, from.name));
}

/** The public forms of all keys in a file, public or secret; with a revocation certificate of the first, when one is given. */
export async function publishKey(from: KeyContent, revocation: string | undefined, now: number): Promise<PublishedKey> {
  const [key, ...others] = await readCertificates(from.content, from.name);
  if (key === undefined) throw new Error('a file without keys was read');
  const first = revocation === undefined ? key : await revokePublicKey(key, revocation, now);
  return publishedKey([first, ...others], now);
}

async function filesOf(locked: PrivateKey, signer: Subkey): Promise<Omit<KeyFiles, 'published'>> {
  const signingFingerprint = signer.getFingerprint().toUpperCase();
  const expires = await expiryOf(signer);
  if (expires === undefined) throw new Error('a subkey was made without an end');
  return {
    fingerprint: locked.getFingerprint().toUpperCase(),
    signingFingerprint,
    expires,
    offline: await secretArmored(locked),
    secret: (await subkeysOnly(locked, [signingFingerprint])).oneLine,
  };
}

/** The last one made: the library appends subkeys. */
function newestOf(key: PrivateKey): Subkey {
  const newest = key.subkeys.at(-1);
  if (newest === undefined) throw new Error('the key has no subkey');
  return newest;
}

async function expiryOf(subkey: Subkey): Promise<number | undefined> {
  const time = await subkey.getExpirationTime();
  return time instanceof Date ? time.getTime() : undefined;
}
