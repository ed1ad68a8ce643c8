import type { Key, SignaturePacket } from 'openpgp';
import { loadOpenpgp } from './library.ts';

type SignatureCheck = Parameters<SignaturePacket['verify']>;

/**
 * The signatures that the key (or subkey) `issuer` made and that verify, whatever their hash and age. Of the others nothing is said:
 * strangers' certifications, damaged ones, and those in ways that the library does not know are alike here.
 */
export async function verifying(
  signatures: readonly SignaturePacket[],
  issuer: SignatureCheck[0],
  type: SignatureCheck[1],
  data: SignatureCheck[2],
): Promise<readonly SignaturePacket[]> {
  const { config } = await loadOpenpgp();
  const lenient = { ...config, rejectHashAlgorithms: new Set<never>() };
  const checked = signatures.map(async (signature) => {
    try {
      // No date: when a signature counts is for the caller to decide.
      await Reflect.apply(signature.verify, signature, [issuer, type, data, null, false, lenient]);
      return [signature];
    } catch {
      return [];
    }
  });
  return (await Promise.all(checked)).flat();
}

/** As gpg does: the newest that was made by then counts; when all are younger, the oldest of them, so that its time can be told. */
export function newestAt(signatures: readonly SignaturePacket[], now: number): SignaturePacket | undefined {
  const sorted = [...signatures].sort((a, b) => madeAt(b) - madeAt(a));
  return sorted.find((each) => madeAt(each) <= now) ?? sorted.at(-1);
}

/** Milliseconds since 1970. */
export function madeAt({ created }: SignaturePacket): number {
  return created?.getTime() ?? 0;
}

/** `damaged`: the key itself says that it is revoked, but the signature does not verify, so someone or something changed it. */
export async function revocation(
  signatures: readonly SignaturePacket[],
  key: Key,
  type: SignatureCheck[1],
  data: SignatureCheck[2],
): Promise<'no' | 'yes' | 'damaged'> {
  const own = signatures.filter(({ issuerKeyID }) => issuerKeyID.equals(key.getKeyID()));
  if (own.length === 0) return 'no';
  return (await verifying(own, key.keyPacket, type, data)).length > 0 ? 'yes' : 'damaged';
}
