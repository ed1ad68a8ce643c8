import type { SigningKey } from './signing-key.ts';

/** RFC 9580, section 5.2.1: what the signature is about. */
export type SignatureType = 'binary' | 'text';

const typeNumbers = { binary: 0x00, text: 0x01 } as const;
/** RFC 9580, section 9.5. */
const sha512Number = 10;
const version = 4;

/** A signature before the content is known. */
export interface SignatureDraft {
  readonly key: SigningKey;
  /** First part of the packet: from the version to the end of the hashed subpackets. */
  readonly hashed: Uint8Array;
  /** What is hashed after the content. */
  readonly trailer: Uint8Array;
}

/**
 * The fields that are signed along with the content: time of signing (milliseconds since 1970, whole seconds are kept) and the
 * fingerprint of the key that signs. Written here because the library neither streams nor takes a signature from elsewhere;
 * RFC 9580, section 5.2.3, version 4. The same key and time give the same bytes.
 */
export function draftSignature(key: SigningKey, time: number, type: SignatureType = 'binary'): SignatureDraft {
  const subpackets = Buffer.concat([
    // signature creation time, critical as the library and Sequoia write it
    subpacket(0x80 | 2, uint32(Math.floor(time / 1000))),
    // issuer fingerprint
    subpacket(33, Buffer.concat([Buffer.of(version), Buffer.from(key.signingFingerprint, 'hex')])),
  ]);
  const head = Buffer.of(version, typeNumbers[type], key.algorithmNumber, sha512Number);
  const hashed = Buffer.concat([head, uint16(subpackets.length), subpackets]);
  // RFC 9580, section 5.2.4: version, 0xff, length of the hashed part.
  return { key, hashed, trailer: Buffer.concat([hashed, Buffer.of(version, 0xff), uint32(hashed.length)]) };
}

/** The whole packet; `digest`: SHA-512 of the content followed by the draft's trailer. E_PASSPHRASE and the like come from the key. */
export async function signaturePacket({ key, hashed }: SignatureDraft, digest: Uint8Array): Promise<Uint8Array> {
  const numbers = await key.signDigest(digest);
  // The key's short number is a hint for programs that know no fingerprints; it need not be signed.
  const hint = subpacket(16, Buffer.from(key.signingFingerprint.slice(-16), 'hex'));
  const body = Buffer.concat([hashed, uint16(hint.length), hint, digest.subarray(0, 2), ...numbers.map(multiprecision)]);
  // Packet type 2 in the format with lengths of its own; RFC 9580, section 4.2.1.
  return Buffer.concat([Buffer.of(0xc0 | 2), packetLength(body.length), body]);
}

function subpacket(type: number, body: Uint8Array): Buffer {
  return Buffer.concat([packetLength(body.length + 1), Buffer.of(type), body]);
}

/** RFC 9580, section 4.2.1; lengths of subpackets (5.2.3.7) are alike below 8384. */
function packetLength(length: number): Buffer {
  if (length < 192) return Buffer.of(length);
  if (length < 8384) return Buffer.of(192 + ((length - 192) >> 8), (length - 192) & 0xff);
  return Buffer.concat([Buffer.of(0xff), uint32(length)]);
}

/** RFC 9580, section 3.2: the number of bits, then the bytes without leading zeros. */
function multiprecision(number: Uint8Array): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  const bytes = first === -1 ? Buffer.alloc(0) : number.subarray(first);
  const [top = 0] = bytes;
  const bits = bytes.length === 0 ? 0 : bytes.length * 8 - (Math.clz32(top) - 24);
  return Buffer.concat([uint16(bits), bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
