import type { DigestOptions, SumAlgorithm } from './content-digests.ts';
import { type DigestBook, digestBook } from './digest-book.ts';
import { type DetachedSignature, finishSignatures } from './signature.ts';
import { draftSignature } from './signature-packet.ts';
import type { SigningKey } from './signing-key.ts';

/** A file (absolute path) with the SHA-256 that it must have. */
export interface KnownFile {
  readonly file: string;
  readonly sha256: string;
}

export interface FileSigner extends Pick<DigestBook, 'read'> {
  /** All sums of files, in their order. E_DIGEST for a file that is not what its SHA-256 says. */
  sumsOf(files: readonly KnownFile[]): Promise<readonly Readonly<Partial<Record<SumAlgorithm, string>>>[]>;
  /** Detached signatures of one file by all keys. E_DIGEST likewise; what the keys say. */
  sign(file: KnownFile): Promise<DetachedSignature>;
}

/**
 * Signs many files with the same keys and at the same `time` (milliseconds), and makes their sums, from one reading of each: what `read`
 * has read once, to compare it with a manifest, is not read again.
 */
export function fileSigner(
  keys: readonly SigningKey[],
  time: number,
  sums: readonly SumAlgorithm[],
  options: DigestOptions = {},
): FileSigner {
  const drafts = keys.map((key) => draftSignature(key, time));
  const book = digestBook({ sums, trailers: drafts.map(({ trailer }) => trailer) }, options);
  return {
    read: book.read,
    sumsOf: async (files) => (await book.digestsOf(files)).map((digests) => digests.sums),
    async sign(file) {
      const [digests] = await book.digestsOf([file]);
      return finishSignatures(drafts, digests?.ended ?? []);
    },
  };
}
