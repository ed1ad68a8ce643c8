import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { UserError } from '@release-kit/action';
import { smallestRsaBits } from './library.ts';
import { multiprecision, uint16, uint32 } from './packet-format.ts';

/** The content of a public key packet of version 4; RFC 9580, section 5.5.2.2. */
export interface PublicKeyBody {
  readonly bytes: Uint8Array;
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
}

/** Object identifiers of the curves (RFC 9580, section 9.2), by the names that OpenSSL gives them. */
const curves: Readonly<Record<string, string>> = {
  prime256v1: '2a8648ce3d030107',
  secp384r1: '2b81040022',
  secp521r1: '2b81040023',
};
/** The one that gpg 2.2 knows. */
const ed25519 = '2b06010401da470f01';

/**
 * From a public key as tokens and services give it: PEM of SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7). `time` (milliseconds) becomes part
 * of the key: another time gives another fingerprint. E_KEY_FORMAT, E_KEY_UNUSABLE.
 */
export function publicKeyBody(pem: string, time: number): PublicKeyBody {
  const [algorithm, material] = keyMaterial(readPem(pem));
  const bytes = Buffer.concat([Buffer.of(4), uint32(Math.floor(time / 1000)), Buffer.of(algorithm), ...material]);
  return { bytes, fingerprint: createHash('sha1').update(hashedKey(bytes)).digest('hex').toUpperCase() };
}

/** How a key is hashed, for its fingerprint and for signatures about it; RFC 9580, section 5.2.4. */
export function hashedKey(body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(0x99), uint16(body.length), body]);
}

function readPem(pem: string): KeyObject {
  const cure = 'Export the public key as PEM: it begins with -----BEGIN PUBLIC KEY-----.';
  if (pem.includes('PRIVATE KEY')) throw new UserError('E_KEY_FORMAT', 'the file of the public key holds a private key', { cure });
  try {
    return createPublicKey(pem);
  } catch (error) {
    throw new UserError('E_KEY_FORMAT', 'the public key cannot be read: it is no PEM of a public key', { cause: error, cure });
  }
}

type Material = readonly [algorithm: number, parts: readonly Uint8Array[]];

function keyMaterial(key: KeyObject): Material {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa': {
      const bits = modulusLength ?? 0;
      if (bits < smallestRsaBits) throw unusable(`RSA of ${bits} bits, fewer than the ${smallestRsaBits} that coming versions of apt want`);
      const { n, e } = key.export({ format: 'jwk' });
      return [1, [multiprecision(coordinate(n)), multiprecision(coordinate(e))]];
    }
    case 'ec': {
      const oid = Object.hasOwn(curves, namedCurve ?? '') ? curves[namedCurve ?? ''] : undefined;
      if (oid === undefined) throw unusable(`on the curve ${namedCurve}, which apt 3 (Debian 13) refuses or nobody signs with`);
      const { x, y } = key.export({ format: 'jwk' });
      // 4: both coordinates, written out
      return [19, [objectId(oid), multiprecision(Buffer.concat([Buffer.of(4), coordinate(x), coordinate(y)]))]];
    }
    case 'ed25519': {
      const { x } = key.export({ format: 'jwk' });
      // 0x40: the coordinate in the curve's own form
      return [22, [objectId(ed25519), multiprecision(Buffer.concat([Buffer.of(0x40), coordinate(x)]))]];
    }
    default:
      throw unusable(`of the kind ${key.asymmetricKeyType}, which is not signed with`);
  }
}

function objectId(hex: string): Buffer {
  const bytes = Buffer.from(hex, 'hex');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function coordinate(text: string | undefined): Buffer {
  if (text === undefined) throw new Error('the public key lacks a part');
  return Buffer.from(text, 'base64url');
}

function unusable(what: string): UserError {
  return new UserError('E_KEY_UNUSABLE', `the public key is ${what}`, {
    cure: 'Make a key of RSA 3072 or 4096, P-256, P-384 or Ed25519 where the secret half lives.',
  });
}
