import { multiprecision, packet, subpacket, uint16, uint32 } from './packet-format.ts';
import type { SigningKey } from './signing-key.ts';

/** RFC 9580, section 5.2.1: what the signature is about. */
export type SignatureType = keyof typeof typeNumbers;

const typeNumbers = {
  binary: 0x00,
  text: 0x01,
  /** The key says whose it is. */
  certification: 0x13,
  /** The primary key takes a subkey for its own. */
  subkeyBinding: 0x18,
  /** A subkey that signs takes the primary key for its own. */
  primaryBinding: 0x19,
  keyRevocation: 0x20,
} as const;

/** RFC 9580, section 9.5. */
const sha512Number = 10;
const version = 4;

/** What of a key is needed to make a signature. */
export type DigestSigner = Pick<SigningKey, 'signingFingerprint' | 'algorithmNumber' | 'signDigest'>;

/** A signature before the content is known. */
export interface SignatureDraft {
  readonly key: DigestSigner;
  /** First part of the packet: from the version to the end of the hashed subpackets. */
  readonly hashed: Uint8Array;
  /** What is hashed after the content. */
  readonly trailer: Uint8Array;
}

/**
 * The fields that are signed along with the content: time of signing (milliseconds since 1970, whole seconds are kept) and the
 * fingerprint of the key that signs, then `more` subpackets. Written here because the library neither streams nor takes a signature
 * from elsewhere; RFC 9580, section 5.2.3, version 4. The same key and time give the same bytes.
 */
export function draftSignature(
  key: DigestSigner,
  time: number,
  type: SignatureType = 'binary',
  more: readonly Uint8Array[] = [],
): SignatureDraft {
  const subpackets = Buffer.concat([
    // signature creation time, critical as the library and Sequoia write it
    subpacket(0x80 | 2, uint32(Math.floor(time / 1000))),
    // issuer fingerprint
    subpacket(33, Buffer.concat([Buffer.of(version), Buffer.from(key.signingFingerprint, 'hex')])),
    ...more,
  ]);
  const head = Buffer.of(version, typeNumbers[type], key.algorithmNumber, sha512Number);
  const hashed = Buffer.concat([head, uint16(subpackets.length), subpackets]);
  // RFC 9580, section 5.2.4: version, 0xff, length of the hashed part.
  return { key, hashed, trailer: Buffer.concat([hashed, Buffer.of(version, 0xff), uint32(hashed.length)]) };
}

/** The whole packet; `digest`: SHA-512 of the content followed by the draft's trailer. E_PASSPHRASE and the like come from the key. */
export async function signaturePacket(draft: SignatureDraft, digest: Uint8Array): Promise<Uint8Array> {
  return packet(2, await signatureBody(draft, digest));
}

/** The packet without its head, as it is embedded in another signature. */
export async function signatureBody({ key, hashed }: SignatureDraft, digest: Uint8Array): Promise<Uint8Array> {
  const numbers = await key.signDigest(digest);
  // The key's short number is a hint for programs that know no fingerprints; it need not be signed.
  const hint = subpacket(16, Buffer.from(key.signingFingerprint.slice(-16), 'hex'));
  return Buffer.concat([hashed, uint16(hint.length), hint, digest.subarray(0, 2), ...numbers.map(multiprecision)]);
}
