import { UserError } from '@release-kit/action';
import type { Key, PublicKey, SignaturePacket } from 'openpgp';
import { strictConfig } from './library.ts';
import { holdsOnlyPublicKeys } from './packet-types.ts';

/** One or more certificates in the two forms in which apt takes them. */
export interface PublishedKey {
  /** For a file `.asc`: one armored block, LF, ASCII without a byte-order mark; apt 2 refuses anything else. */
  readonly armored: string;
  /** For a file `.gpg`: the same packets as they are; a keybox, which gpg would write, is refused by apt 3. */
  readonly binary: Uint8Array;
}

/**
 * The public part of the keys as small as it can be (as `gpg --export-options export-minimal` makes it): user ids and subkeys with their newest
 * self-signature that holds at `now` (milliseconds), and revocations; no signatures of others, no pictures. What has no such signature is left out, as
 * apt would not believe it. Several keys, as during a rotation, stand one after the other in the same block; what is given of one key more than once is
 * put together, since programs look at one certificate of a key only.
 * E_KEY_UNUSABLE when a key has no user id that holds.
 */
export async function publishedKey(certificates: readonly PublicKey[], now: number): Promise<PublishedKey> {
  const parts: Uint8Array[] = [];
  for (const certificate of await merged(certificates, new Date(now))) parts.push(await minimal(certificate, new Date(now)));
  const binary = Buffer.concat(parts);
  if (!holdsOnlyPublicKeys(binary)) throw new Error('what would be published is more than a public key');
  const { armor, enums, config } = await strictConfig();
  const armored = armor(enums.armor.publicKey, binary, undefined, undefined, undefined, true, config);
  return { binary, armored: `${armored.replace(/\r\n/g, '\n').trimEnd()}\n` };
}

async function merged(certificates: readonly PublicKey[], now: Date): Promise<readonly PublicKey[]> {
  const { readKey, config } = await strictConfig();
  const known = new Map<string, PublicKey>();
  for (const certificate of certificates) {
    const fingerprint = certificate.getFingerprint();
    const earlier = known.get(fingerprint);
    // A copy of its public part: what is secret in one cannot be put together with what is not.
    const copy = await readKey({ binaryKey: certificate.toPublic().write(), config });
    known.set(fingerprint, earlier === undefined ? copy : await earlier.update(copy, now, config));
  }
  return [...known.values()];
}

async function minimal(certificate: PublicKey, now: Date): Promise<Uint8Array> {
  const { readKey, enums } = await strictConfig();
  // A copy, because the lists in it are changed.
  const key = await readKey({ binaryKey: certificate.toPublic().write() });
  const primary = { key: key.keyPacket };
  for (const user of key.users) {
    const data = { ...primary, userID: user.userID, userAttribute: user.userAttribute };
    user.selfCertifications = await newest(key, user.selfCertifications, enums.signature.certGeneric, data, now);
    user.otherCertifications = [];
  }
  key.users = key.users.filter(({ userID, selfCertifications }) => userID !== null && selfCertifications.length > 0);
  for (const subkey of key.subkeys) {
    const data = { ...primary, bind: subkey.keyPacket };
    subkey.bindingSignatures = await newest(key, subkey.bindingSignatures, enums.signature.subkeyBinding, data, now);
  }
  key.subkeys = key.subkeys.filter(({ bindingSignatures }) => bindingSignatures.length > 0);
  if (key.users.length === 0)
    throw new UserError('E_KEY_UNUSABLE', `the key ${key.getFingerprint().toUpperCase()} has no user id with a valid self-signature`);
  return key.write();
}

type SignatureNumber = Parameters<SignaturePacket['verify']>[1];

/** A list of the newest signature by the key itself, or of none. */
async function newest(
  key: Key,
  signatures: readonly SignaturePacket[],
  type: SignatureNumber,
  data: object,
  now: Date,
): Promise<SignaturePacket[]> {
  const { config } = await strictConfig();
  const made = (signature: SignaturePacket): number => signature.created?.getTime() ?? 0;
  for (const signature of [...signatures].sort((a, b) => made(b) - made(a))) {
    // A signature that does not hold is one that nobody would believe; the next older one counts then.
    const holds = await signature.verify(key.keyPacket, type, data, now, undefined, config).then(
      () => true,
      () => false,
    );
    if (holds) return [signature];
  }
  return [];
}
