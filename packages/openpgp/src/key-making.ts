import type { KeyOptions, PrivateKey, SecretKeyPacket, SignaturePacket, UserIDPacket } from 'openpgp';
import { strictConfig } from './library.ts';

/** Both are signed with by every gpg and accepted by every apt that is in use. */
export const madeAlgorithms = ['ed25519', 'rsa4096'] as const;

export type MadeAlgorithm = (typeof madeAlgorithms)[number];

export interface NewKey {
  /** Who signs: `Name <mail@example.org>`, or a name alone. */
  readonly userId: { readonly name: string; readonly email?: string | undefined };
  readonly algorithm: MadeAlgorithm;
  /** Of the subkey that signs. The primary key never expires: it ends by its revocation certificate. */
  readonly validDays: number;
}

const secondsOfDay = 24 * 60 * 60;

/** In the form that gpg 2.2 and later know as ed25519. */
const kinds = {
  ed25519: { type: 'ecc', curve: 'ed25519Legacy' },
  rsa4096: { type: 'rsa', rsaBits: 4096 },
} as const satisfies Record<MadeAlgorithm, Partial<KeyOptions>>;

/**
 * A primary key that may only certify, so that it can stay offline, and one subkey that signs, made at `now` (milliseconds).
 * Not protected by a passphrase yet (see `lockKey`).
 */
export async function makeKey({ userId, algorithm, validDays }: NewKey, now: number): Promise<PrivateKey> {
  const { generateKey, config } = await strictConfig();
  const date = new Date(now);
  const { privateKey } = await generateKey({
    ...kinds[algorithm],
    userIDs: [userId.email === undefined ? { name: userId.name } : { name: userId.name, email: userId.email }],
    subkeys: [{ sign: true, keyExpirationTime: validDays * secondsOfDay }],
    date,
    format: 'object',
    config,
  });
  const { keyPacket } = privateKey;
  const [owner] = privateKey.users;
  if (!owner?.userID || !('privateParams' in keyPacket)) throw new Error('the library made a key without owner or secret part');
  owner.selfCertifications = [await certifyOnly(keyPacket, owner.userID, date)];
  return privateKey;
}

/** The library lets each primary key sign; this one's own certificate of its owner says that it may only certify. RFC 9580, 5.2.3.29. */
async function certifyOnly(key: SecretKeyPacket, userID: UserIDPacket, date: Date): Promise<SignaturePacket> {
  const { SignaturePacket: Packet, enums, config } = await strictConfig();
  const signature = new Packet();
  signature.signatureType = enums.signature.certPositive;
  signature.publicKeyAlgorithm = key.algorithm;
  signature.hashAlgorithm = enums.hash.sha512;
  signature.keyFlags = Uint8Array.of(enums.keyFlags.certifyKeys);
  signature.preferredHashAlgorithms = [enums.hash.sha512, enums.hash.sha256];
  signature.isPrimaryUserID = true;
  // The configuration is the fifth parameter, which the library's types leave out.
  await Reflect.apply(signature.sign, signature, [key, { userID, key }, date, false, config]);
  return signature;
}
