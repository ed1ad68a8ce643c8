import type { Key, Subkey } from 'openpgp';
import { refusedCurves, smallestRsaBits } from './library.ts';

export interface KeyAlgorithm {
  /** For people: `Ed25519`, `RSA 4096`, `nistP256`. */
  readonly name: string;
  /** As the library calls it: `rsaEncryptSign`, `eddsaLegacy`. */
  readonly family: string;
  /** Of RSA, DSA and Elgamal. */
  readonly bits: number | undefined;
  readonly curve: string | undefined;
}

export function algorithmOf(part: Key | Subkey): KeyAlgorithm {
  const { algorithm, bits, curve } = part.getAlgorithmInfo();
  return { name: algorithmName(algorithm, bits, curve), family: algorithm, bits, curve };
}

function algorithmName(algorithm: string, bits: number | undefined, curve: string | undefined): string {
  if (algorithm === 'eddsaLegacy') return 'Ed25519';
  if (algorithm.startsWith('rsa')) return `RSA ${bits}`;
  if (algorithm === 'dsa') return `DSA ${bits}`;
  return curve ?? algorithm;
}

/**
 * Why no user of apt should be asked to trust such a key; undefined when it is strong. Measured with apt 2.6 (Debian 12) and
 * apt 3.0 (Debian 13); dates from the policy that apt 3 ships, /usr/share/apt/default-sequoia.config.
 */
export function weaknessOf({ name, family, bits = 0, curve }: KeyAlgorithm): string | undefined {
  if (family.startsWith('rsa')) return rsaWeakness(bits);
  if (family === 'dsa') return `${name} is refused by apt 3 (Debian 13)${bits < 2048 ? ' and by apt 2.6 (Debian 12)' : ''}`;
  if (curve !== undefined && refusedCurves.has(curve)) return `the curve ${curve} is refused by apt 3 (Debian 13)`;
  return undefined;
}

function rsaWeakness(bits: number): string | undefined {
  if (bits >= smallestRsaBits) return undefined;
  if (bits < 2048) return `RSA ${bits} is refused by apt 3 (Debian 13)`;
  return `RSA ${bits} is refused by apt 3 (Debian 13) from 2030 on, with warnings a year ahead, and is below the ${smallestRsaBits} bits that coming apts ask for`;
}

/** The same for the hash in a signature of the key on itself. */
export function hashWeakness(hash: string): string | undefined {
  if (hash === 'sha1' || hash === 'sha224') return `${hash === 'sha1' ? 'SHA-1' : 'SHA-224'}, which apt 3 (Debian 13) refuses`;
  return hash === 'md5' || hash === 'ripemd' ? `${hash === 'md5' ? 'MD5' : 'RIPEMD-160'}, which every apt refuses` : undefined;
}

/** Algorithms that are strong, but unknown to the programs of users; undefined when gpg 2.2 knows it. RFC 9580, section 9.1, numbers 27 and 28. */
export function unknownToUsers({ family }: KeyAlgorithm): string | undefined {
  return family === 'ed25519' || family === 'ed448'
    ? `it uses the ${family === 'ed25519' ? 'Ed25519' : 'Ed448'} of RFC 9580, which gpg 2.2 and 2.4 and the apt of Debian 12 do not know`
    : undefined;
}
