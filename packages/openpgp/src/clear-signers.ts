import { loadOpenpgp } from './library.ts';

/**
 * Who a text inside a clear signature says it is signed by: key numbers of 16 upper-case hexadecimal digits, the end of a fingerprint.
 * Nothing is verified. Empty for what is no signature that the library reads.
 */
export async function claimedSigners(text: string): Promise<readonly string[]> {
  const { readCleartextMessage } = await loadOpenpgp();
  try {
    const message = await readCleartextMessage({ cleartextMessage: text });
    return message.getSigningKeyIDs().map((id) => id.toHex().toUpperCase());
  } catch {
    // Whatever it is, nobody we know made it.
    return [];
  }
}
