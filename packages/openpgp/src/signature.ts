import { type ContentDigests, digestContent, type Signable, type SumAlgorithm } from './content-digests.ts';
import { strictConfig } from './library.ts';
import { draftSignature, type SignatureDraft, signaturePacket } from './signature-packet.ts';
import type { SigningKey } from './signing-key.ts';

/** Detached signatures by one or more keys, one after the other, in two forms of the same bytes. */
export interface DetachedSignature {
  readonly binary: Uint8Array;
  /** Armored, with LF line ends. */
  readonly armored: string;
}

export interface SignedContent extends DetachedSignature, Pick<ContentDigests, 'size' | 'sums'> {}

/**
 * SHA-512 signatures of a binary document by each key, and its checksums, from one reading of the content, whatever its size.
 * The same keys, content and `time` (milliseconds) give the same bytes.
 */
export async function signContent(
  keys: readonly SigningKey[],
  content: Signable,
  time: number,
  sums: readonly SumAlgorithm[] = [],
): Promise<SignedContent> {
  const drafts = keys.map((key) => draftSignature(key, time));
  const { size, sums: made, ended } = await digestContent(content, { sums, trailers: drafts.map(({ trailer }) => trailer) });
  return { size, sums: made, ...(await finishSignatures(drafts, ended)) };
}

/** `digests`: one for each draft, SHA-512 of the content and the draft's trailer. */
export async function finishSignatures(drafts: readonly SignatureDraft[], digests: readonly Uint8Array[]): Promise<DetachedSignature> {
  const packets: Uint8Array[] = [];
  for (const [index, draft] of drafts.entries()) {
    const digest = digests[index];
    if (digest === undefined) throw new Error('there are fewer digests than signatures');
    packets.push(await signaturePacket(draft, digest));
  }
  const binary = Buffer.concat(packets);
  return { binary, armored: await armorSignature(binary) };
}

/** An armored detached signature by one key. */
export async function detachedSignature(key: SigningKey, content: Signable, time: number): Promise<string> {
  return (await signContent([key], content, time)).armored;
}

/** The checksum stays in the armor: gpg before 2.4.6 cannot read a block without one that needs no padding. */
async function armorSignature(binary: Uint8Array): Promise<string> {
  const { armor, enums, config } = await strictConfig();
  return unixLines(armor(enums.armor.signature, binary, undefined, undefined, undefined, true, config));
}

/** The public part, armored with LF line ends: what users import, and nothing secret in it. */
export async function publicKeyArmored(key: SigningKey): Promise<string> {
  const { config } = await strictConfig();
  return unixLines(key.certificate.armor(config));
}

/** apt 2 refuses armor with CRLF. */
function unixLines(text: string): string {
  return `${text.replace(/\r\n/g, '\n').trimEnd()}\n`;
}
