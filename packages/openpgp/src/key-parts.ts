import type { Key, SignaturePacket, Subkey } from 'openpgp';
import { publicPart } from './key-packets.ts';
import { algorithmOf, type KeyAlgorithm } from './key-strength.ts';
import { loadOpenpgp } from './library.ts';
import { madeAt, newestAt, revocation, verifying } from './self-signatures.ts';

/** What the key itself says of one of its parts, by a signature that verifies. */
export interface SelfSignature {
  /** `sha512`; as the library calls it. */
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly made: number;
  readonly maySign: boolean;
  readonly mayEncrypt: boolean;
  /** When the part ends; milliseconds since 1970. */
  readonly expires: number | undefined;
}

/** `left out`: by an export of subkeys only; `none`: a public key. */
export type SecretPart = 'there' | 'left out' | 'on a smartcard' | 'none';

/** The primary key or a subkey. Plain data. */
export interface KeyPart {
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
  readonly role: 'primary key' | 'subkey';
  readonly algorithm: KeyAlgorithm;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** The newest; undefined when none verifies. */
  readonly selfSignature: SelfSignature | undefined;
  /** Hash of the subkey's own signature over its primary key, which a signing subkey must have; undefined when none verifies. */
  readonly counterSignature: string | undefined;
  /** `damaged`: a revocation that does not verify. */
  readonly revoked: 'no' | 'yes' | 'damaged';
  readonly secret: SecretPart;
}

export interface KeyDescription {
  /** Raw: a stranger may have written it. At most 301 characters; empty when there is none that the key has signed. */
  readonly userId: string;
  readonly primary: KeyPart;
  readonly subkeys: readonly KeyPart[];
}

/** Reads what can be known of a key without opening it: its signatures on itself are verified, nothing is judged. */
export async function describeParts(key: Key, now: number, onCards: ReadonlySet<string> = new Set()): Promise<KeyDescription> {
  const { signature } = (await loadOpenpgp()).enums;
  const onKey = { key: key.keyPacket };
  const user = await primaryUser(key, now);
  const direct = await verifying(await directSignatures(key), key.keyPacket, signature.key, onKey);
  return {
    userId: user?.userId ?? '',
    primary: {
      ...(await commonFacts(key, newestAt([...(user === undefined ? [] : [user.newest]), ...direct], now), onCards)),
      role: 'primary key',
      counterSignature: undefined,
      // A key is revoked with its last user id.
      revoked: user?.revoked === true ? 'yes' : await revocation(key.revocationSignatures, key, signature.keyRevocation, onKey),
    },
    subkeys: await Promise.all(key.subkeys.map((subkey) => describeSubkey(key, subkey, now, onCards))),
  };
}

const longestUserId = 300;

interface SignedUser {
  readonly userId: string;
  readonly newest: SignaturePacket;
  readonly revoked: boolean;
}

/** The one that calls itself primary, else the one signed last; a revoked one only when there is no other. */
async function primaryUser(key: Key, now: number): Promise<SignedUser | undefined> {
  const { signature } = (await loadOpenpgp()).enums;
  const users: SignedUser[] = [];
  for (const { userID, selfCertifications, revocationSignatures } of key.users) {
    if (userID === null) continue;
    const data = { userID, key: key.keyPacket };
    const newest = newestAt(await verifying(selfCertifications, key.keyPacket, signature.certGeneric, data), now);
    if (newest === undefined) continue;
    const revocations = await verifying(revocationSignatures, key.keyPacket, signature.certRevocation, data);
    // A user id may be signed anew after it was revoked, other than keys.
    users.push({ userId: shortened(userID.userID), newest, revoked: revocations.some((each) => madeAt(each) >= madeAt(newest)) });
  }
  const rank = ({ newest, revoked }: SignedUser): number => (revoked ? -2 : 0) + (newest.isPrimaryUserID === true ? 1 : 0);
  return users.sort((a, b) => rank(b) - rank(a) || madeAt(b.newest) - madeAt(a.newest))[0];
}

/** A stranger's may be as long as the file. */
function shortened(userId: string): string {
  return userId.length <= longestUserId ? userId : `${userId.slice(0, longestUserId)}…`;
}

/** Some programs state use and expiry beside the user ids; the library does not say where it keeps these signatures. */
async function directSignatures(key: Key): Promise<readonly SignaturePacket[]> {
  const { enums, SignaturePacket } = await loadOpenpgp();
  return key
    .toPacketList()
    .flatMap((packet) => (packet instanceof SignaturePacket && packet.signatureType === enums.signature.key ? [packet] : []));
}

async function describeSubkey(key: Key, subkey: Subkey, now: number, onCards: ReadonlySet<string>): Promise<KeyPart> {
  const { signature } = (await loadOpenpgp()).enums;
  const data = { key: key.keyPacket, bind: subkey.keyPacket };
  const binding = newestAt(await verifying(subkey.bindingSignatures, key.keyPacket, signature.subkeyBinding, data), now);
  const embedded = binding?.embeddedSignature ?? undefined;
  const [counter] = embedded === undefined ? [] : await verifying([embedded], subkey.keyPacket, signature.keyBinding, data);
  return {
    ...(await commonFacts(subkey, binding, onCards)),
    role: 'subkey',
    counterSignature: counter === undefined ? undefined : await hashName(counter),
    revoked: await revocation(subkey.revocationSignatures, key, signature.subkeyRevocation, data),
  };
}

type CommonFacts = Pick<KeyPart, 'fingerprint' | 'algorithm' | 'created' | 'selfSignature' | 'secret'>;

async function commonFacts(part: Key | Subkey, newest: SignaturePacket | undefined, onCards: ReadonlySet<string>): Promise<CommonFacts> {
  return {
    fingerprint: part.getFingerprint().toUpperCase(),
    algorithm: algorithmOf(part),
    created: part.getCreationTime().getTime(),
    selfSignature: newest === undefined ? undefined : await describeSelfSignature(part, newest),
    secret: secretPart(part, onCards),
  };
}

async function describeSelfSignature(part: Key | Subkey, signature: SignaturePacket): Promise<SelfSignature> {
  const { signData, encryptCommunication, encryptStorage } = (await loadOpenpgp()).enums.keyFlags;
  const [flags = 0] = signature.keyFlags ?? [];
  const lifetime = signature.keyNeverExpires === false ? (signature.keyExpirationTime ?? 0) : 0;
  return {
    hash: await hashName(signature),
    made: madeAt(signature),
    maySign: (flags & signData) !== 0,
    mayEncrypt: (flags & (encryptCommunication | encryptStorage)) !== 0,
    expires: lifetime === 0 ? undefined : part.getCreationTime().getTime() + lifetime * 1000,
  };
}

async function hashName({ hashAlgorithm }: SignaturePacket): Promise<string> {
  const { hash } = (await loadOpenpgp()).enums;
  return Object.entries(hash).find(([, number]) => number === hashAlgorithm)?.[0] ?? `hash ${hashAlgorithm}`;
}

function secretPart({ keyPacket }: Key | Subkey, onCards: ReadonlySet<string>): SecretPart {
  if (!('isDummy' in keyPacket)) return 'none';
  if (!keyPacket.isDummy()) return 'there';
  const body = Buffer.from(keyPacket.write());
  return onCards.has(publicPart(body)) ? 'on a smartcard' : 'left out';
}
