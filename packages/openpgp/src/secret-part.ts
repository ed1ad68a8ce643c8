import { constants, createPrivateKey, type KeyObject, privateEncrypt } from 'node:crypto';
import type { SecretKeyPacket, SecretSubkeyPacket } from 'openpgp';
import { loadOpenpgp, strictConfig } from './library.ts';

/** The numbers of a raw signature in the order of the packet: RSA has one, the curves have two; big endian. */
export type SignatureNumbers = readonly Uint8Array[];

/** DER that says "SHA-512" before the digest in an RSA signature; RFC 8017, section 9.2, note 1. */
const sha512Info = Buffer.from('3051300d060960864801650304020305000440', 'hex');

/** What the bare RSA operation signs: the digest of SHA-512 with its algorithm's name, as DER. */
export function digestInfo(digest: Uint8Array): Buffer {
  return Buffer.concat([sha512Info, digest]);
}

/** Signs digests of SHA-512 with a decrypted secret key in memory. Always the same numbers for the same digest. */
export async function digestSigner(
  packet: SecretKeyPacket | SecretSubkeyPacket,
): Promise<(digest: Uint8Array) => Promise<SignatureNumbers>> {
  const { enums } = await loadOpenpgp();
  const isRsa = packet.algorithm === enums.publicKey.rsaEncryptSign || packet.algorithm === enums.publicKey.rsaSign;
  if (!isRsa) return (digest) => signByLibrary(packet, digest);
  // The library would do RSA by big integers when it has no message: slow, and not in constant time.
  const key = rsaKey(packet);
  return async (digest) => [privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo(digest))];
}

/** The library's own signing of a digest: its signature packet computes the hash in a method of its own. */
async function signByLibrary(packet: SecretKeyPacket | SecretSubkeyPacket, digest: Uint8Array): Promise<SignatureNumbers> {
  const { SignaturePacket, enums, config } = await strictConfig();
  class DigestPacket extends SignaturePacket {
    /** Set by the library. */
    params: unknown;
    hash(): Uint8Array {
      return digest;
    }
    toHash(): undefined {
      return undefined;
    }
  }
  const signature = new DigestPacket();
  signature.signatureType = enums.signature.binary;
  signature.publicKeyAlgorithm = packet.algorithm;
  signature.hashAlgorithm = enums.hash.sha512;
  // The configuration is the fifth parameter, which the library's types leave out.
  await Reflect.apply(signature.sign, signature, [packet, digest, new Date(0), true, config]);
  return ['r', 's'].map((name) => number(signature.params, name));
}

/** JSON Web Key (RFC 7518, section 6.3.2): OpenPGP's u is the inverse of p modulo q, so p and q change places. */
function rsaKey(packet: SecretKeyPacket | SecretSubkeyPacket): KeyObject {
  const part = (name: string): Buffer => number(packet.privateParams, name);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const [d, p, q] = [part('d'), part('q'), part('p')];
  const reduced = (prime: Buffer): Buffer => fromInteger(toInteger(d) % (toInteger(prime) - 1n));
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: text(number(packet.publicParams, 'n')),
      e: text(number(packet.publicParams, 'e')),
      d: text(d),
      p: text(p),
      q: text(q),
      dp: text(reduced(p)),
      dq: text(reduced(q)),
      qi: text(part('u')),
    },
  });
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function fromInteger(value: bigint): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}

/** The library's types do not tell the parameters of keys and signatures apart. */
function number(params: unknown, name: string): Buffer {
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  if (!(value instanceof Uint8Array) && !ArrayBuffer.isView(value)) throw new Error(`the library gives no ${name} of the key or signature`);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
