import { createHash } from 'node:crypto';
import { type Host, inertLine, UserError } from '@release-kit/action';
import type { PrivateKey, PublicKey } from 'openpgp';
import { loadOpenpgp, strictConfig } from './library.ts';
import { packet, subpacket, uint32 } from './packet-format.ts';
import { hashedKey, type PublicKeyBody, publicKeyBody } from './public-key-packet.ts';
import { openRemoteSigner } from './remote-signer.ts';
import { digestSigner } from './secret-part.ts';
import { type DigestSigner, draftSignature, type SignatureDraft, signatureBody, signaturePacket } from './signature-packet.ts';
import type { SignerHook } from './signer-hook.ts';

/** A key that never leaves its token: its public half, and the program that signs with the secret one. */
export interface RemoteKeyPair {
  /** PEM of SubjectPublicKeyInfo. */
  readonly publicKey: string;
  readonly signer: SignerHook;
  /** Milliseconds since 1970; undefined: never. */
  readonly expires: number | undefined;
}

export interface CertificateRequest extends RemoteKeyPair {
  /** `Name <mail@example.org>` */
  readonly userId: string;
  /** Of making, milliseconds since 1970. */
  readonly time: number;
  /** Of the key, which is part of its fingerprint; default: `time`. Given when an earlier certificate is renewed. */
  readonly created?: number | undefined;
  /** Then this one signs, and the primary key only certifies. */
  readonly subkey?: RemoteKeyPair | undefined;
}

export interface MadeCertificate {
  readonly certificate: PublicKey;
  /** Ends the key when the token is lost or stolen; armored, as gpg imports it. */
  readonly revocation: string;
}

/** One half of a key pair as it is needed to make signatures about it. */
interface KeySide {
  readonly body: PublicKeyBody;
  readonly signer: DigestSigner;
}

/**
 * An OpenPGP certificate of version 4 (RFC 9580, section 10.1) for keys whose secret halves are elsewhere: what users get and gpg, sqv and apt verify
 * with. Each of its signatures is made by the signer. E_INPUT, E_KEY_FORMAT, E_KEY_UNUSABLE, E_SIGNER, E_SIGNATURE.
 */
export async function makeCertificate(host: Host, request: CertificateRequest): Promise<MadeCertificate> {
  const { userId, time, created = time, expires, subkey } = request;
  if (!/^[^\p{Cc}]{1,500}$/u.test(userId))
    throw new UserError('E_INPUT', `${JSON.stringify(inertLine(userId))} cannot be the user id of a key`);
  const primary = await openSide(host, request, created);
  const name = Buffer.from(userId);
  const flags = subkey === undefined ? mayCertify | maySign : mayCertify;
  const packets = [
    packet(tags.publicKey, primary.body.bytes),
    packet(tags.userId, name),
    await signed(
      draftSignature(primary.signer, time, 'certification', [...lifetime(flags, created, expires), ...preferences]),
      Buffer.concat([hashedKey(primary.body.bytes), Buffer.of(0xb4), uint32(name.length), name]),
    ),
  ];
  if (subkey !== undefined) packets.push(...(await boundSubkey(primary, await openSide(host, subkey, time), subkey.expires, time)));
  return { certificate: await readBack(packets, time), revocation: await revocationOf(primary, time) };
}

export interface AddedSubkey {
  readonly certificate: PublicKey;
  /** What follows the secret key in its file: the subkey without its secret part, and its signature. */
  readonly stub: Uint8Array;
}

/** An open key gets one more subkey that signs, whose secret half is elsewhere. Errors as of `makeCertificate`. */
export async function addRemoteSubkey(host: Host, key: PrivateKey, subkey: RemoteKeyPair, time: number): Promise<AddedSubkey> {
  const { keyPacket } = key;
  if (!('privateParams' in keyPacket)) throw new Error('the primary key has no secret part');
  const signingFingerprint = key.getFingerprint().toUpperCase();
  const signer = { signingFingerprint, algorithmNumber: keyPacket.algorithm, signDigest: await digestSigner(keyPacket) };
  const primary = { body: { bytes: key.toPublic().keyPacket.write(), fingerprint: signingFingerprint }, signer };
  const side = await openSide(host, subkey, time);
  const [publicPart, binding] = await boundSubkey(primary, side, subkey.expires, time);
  const secretPart = packet(tags.secretSubkey, Buffer.concat([side.body.bytes, leftOut]));
  return { certificate: await readBack([key.toPublic().write(), publicPart, binding], time), stub: Buffer.concat([secretPart, binding]) };
}

/** A secret part that is not there, as gpg writes it (GnuPG's doc/DETAILS, "GNU extensions to the S2K algorithm"). */
const leftOut = Buffer.from([255, 0, 101, 0, ...Buffer.from('GNU'), 1]);

const tags = { publicKey: 6, secretSubkey: 7, userId: 13, publicSubkey: 14 } as const;
/** RFC 9580, section 5.2.3.29. */
const mayCertify = 0x01;
const maySign = 0x02;

/** What gpg writes as well; only the digests matter for a key that signs. RFC 9580, sections 5.2.3.14 to 5.2.3.32. */
const preferences: readonly Uint8Array[] = [
  subpacket(25, Buffer.of(1)), // the primary user id
  subpacket(11, Buffer.of(9, 8, 7)), // AES
  subpacket(21, Buffer.of(10, 9, 8)), // SHA-512, SHA-384, SHA-256
  subpacket(30, Buffer.of(1)), // features: encrypted data is protected against changes
  subpacket(23, Buffer.of(0x80)), // key servers leave it as it is
];

async function openSide(host: Host, { publicKey, signer }: RemoteKeyPair, time: number): Promise<KeySide> {
  const { PublicKeyPacket } = await loadOpenpgp();
  const body = publicKeyBody(publicKey, time);
  const part = new PublicKeyPacket();
  await part.read(body.bytes);
  if (part.getFingerprint().toUpperCase() !== body.fingerprint)
    throw new Error('the packet of the public key is not read as it was written');
  return { body, signer: await openRemoteSigner(host, signer, part) };
}

async function boundSubkey(
  primary: KeySide,
  subkey: KeySide,
  expires: number | undefined,
  time: number,
): Promise<readonly [publicPart: Uint8Array, binding: Uint8Array]> {
  const content = Buffer.concat([hashedKey(primary.body.bytes), hashedKey(subkey.body.bytes)]);
  // Without it, somebody else could claim a subkey that signs for his own primary key.
  const back = draftSignature(subkey.signer, time, 'primaryBinding');
  const embedded = subpacket(32, await signatureBody(back, digestFor(back, content)));
  const binding = draftSignature(primary.signer, time, 'subkeyBinding', [...lifetime(maySign, time, expires), embedded]);
  return [packet(tags.publicSubkey, subkey.body.bytes), await signed(binding, content)];
}

function lifetime(flags: number, created: number, expires: number | undefined): readonly Uint8Array[] {
  const usage = subpacket(27, Buffer.of(flags));
  if (expires === undefined) return [usage];
  const seconds = Math.floor(expires / 1000) - Math.floor(created / 1000);
  if (!(seconds > 0 && seconds < 2 ** 32))
    throw new UserError('E_INPUT', 'the key would expire before it is made, or in more than 136 years');
  return [usage, subpacket(9, uint32(seconds))];
}

async function revocationOf({ body, signer }: KeySide, time: number): Promise<string> {
  const { armor, enums, config } = await strictConfig();
  // No reason, so that nothing the key ever signed counts any more; RFC 9580, section 5.2.3.31.
  const draft = draftSignature(signer, time, 'keyRevocation', [subpacket(29, Buffer.of(0))]);
  const bytes = await signed(draft, hashedKey(body.bytes));
  const text = armor(
    enums.armor.publicKey,
    bytes,
    undefined,
    undefined,
    'A revocation certificate: import it to end the key.',
    true,
    config,
  );
  return `${text.replace(/\r\n/g, '\n').trimEnd()}\n`;
}

function signed(draft: SignatureDraft, content: Uint8Array): Promise<Uint8Array> {
  return signaturePacket(draft, digestFor(draft, content));
}

function digestFor({ trailer }: SignatureDraft, content: Uint8Array): Buffer {
  return createHash('sha512').update(content).update(trailer).digest();
}

/** Every signature in it is verified once more, together. */
async function readBack(packets: readonly Uint8Array[], time: number): Promise<PublicKey> {
  const { readKey, config } = await strictConfig();
  const key = await readKey({ binaryKey: Buffer.concat(packets), config });
  await key.getSigningKey(undefined, new Date(time), undefined, config);
  return key.toPublic();
}
