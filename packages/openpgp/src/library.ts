import type { Config } from 'openpgp';

type Library = typeof import('openpgp');

/** The library is large, so it is loaded only by a run that signs. */
export function loadOpenpgp(): Promise<Library> {
  return import('openpgp');
}

/** apt 3 refuses them (Debian 13's policy). */
export const refusedCurves: ReadonlySet<string> = new Set(['secp256k1', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1']);

/** RSA keys below this are refused by coming versions of apt. */
export const smallestRsaBits = 3072;

/** Rules for keys we sign with: what apt 3 (Debian 13) refuses, we refuse before anything is published. */
export async function strictConfig(): Promise<Library & { readonly config: Config }> {
  const openpgp = await loadOpenpgp();
  const { enums } = openpgp;
  const config: Config = {
    ...openpgp.config,
    minRSABits: smallestRsaBits,
    rejectPublicKeyAlgorithms: new Set([enums.publicKey.dsa, enums.publicKey.elgamal]),
    rejectCurves: new Set([enums.curve.secp256k1, enums.curve.brainpoolP256r1, enums.curve.brainpoolP384r1, enums.curve.brainpoolP512r1]),
    rejectHashAlgorithms: new Set([enums.hash.md5, enums.hash.ripemd, enums.hash.sha1, enums.hash.sha224]),
    preferredHashAlgorithm: enums.hash.sha512,
    // The same key, file and time give the same signature; Ed25519 and RSA signatures need no randomness.
    nonDeterministicSignaturesViaNotation: false,
    showVersion: false,
    showComment: false,
  };
  return { ...openpgp, config };
}
