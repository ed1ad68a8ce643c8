import { UserError } from '@release-kit/action';
import type { SignaturePacket } from 'openpgp';
import { loadOpenpgp } from './library.ts';
import { digestInfo } from './secret-part.ts';

export type SignerAlgorithm = 'rsa' | 'ecdsa' | 'ed25519';

/** The public half of a key whose secret half is elsewhere. */
export type PublicPart = Parameters<SignaturePacket['verify']>[0];

/** What of such a key its signer is told, and its answer is measured by. */
export interface RemoteKey {
  readonly fingerprint: string;
  readonly algorithm: SignerAlgorithm;
  /** Bytes: of the modulus, or of one coordinate of the curve. */
  readonly size: number;
}

/** Bytes of one coordinate; SEC 2. */
const coordinates: Readonly<Record<string, number>> = { nistP256: 32, nistP384: 48, nistP521: 66 };

/** E_KEY_UNUSABLE for algorithms that are not signed with. */
export async function remoteKey(part: PublicPart): Promise<RemoteKey> {
  const { enums } = await loadOpenpgp();
  const fingerprint = part.getFingerprint().toUpperCase();
  const { bits = 0, curve = '' } = part.getAlgorithmInfo();
  switch (part.algorithm) {
    case enums.publicKey.rsaEncryptSign:
    case enums.publicKey.rsaSign:
      return { fingerprint, algorithm: 'rsa', size: Math.ceil(bits / 8) };
    case enums.publicKey.ecdsa: {
      const size = coordinates[curve];
      if (size !== undefined) return { fingerprint, algorithm: 'ecdsa', size };
      break;
    }
    case enums.publicKey.eddsaLegacy:
      return { fingerprint, algorithm: 'ed25519', size: 32 };
  }
  throw new UserError('E_KEY_UNUSABLE', `the key ${fingerprint} is of a kind that no program can be asked to sign with`);
}

/**
 * What the bare operation of the key signs, as PKCS#11 calls it: CKM_RSA_PKCS wants to be told the digest's algorithm (RFC 8017, section 9.2),
 * CKM_ECDSA takes as many bytes as the curve has (FIPS 186-5, section 6.4.1; a service that is asked for a shorter digest signs the same),
 * CKM_EDDSA the digest as it is (RFC 9580, section 5.2.3.3).
 */
export function bareInput({ algorithm, size }: RemoteKey, digest: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'rsa':
      return digestInfo(digest);
    case 'ecdsa':
      return digest.subarray(0, size);
    case 'ed25519':
      return digest;
  }
}

/** Variables of the signer's environment; the two files are absolute paths. */
export function questionVariables(
  { fingerprint, algorithm }: RemoteKey,
  digest: Uint8Array,
  files: { readonly digest: string; readonly bare: string },
): Readonly<Record<string, string>> {
  return {
    RELEASE_KIT_FINGERPRINT: fingerprint,
    RELEASE_KIT_ALGORITHM: algorithm,
    RELEASE_KIT_HASH: 'sha512',
    RELEASE_KIT_DIGEST: Buffer.from(digest).toString('hex'),
    RELEASE_KIT_DIGEST_FILE: files.digest,
    RELEASE_KIT_BARE_FILE: files.bare,
  };
}
