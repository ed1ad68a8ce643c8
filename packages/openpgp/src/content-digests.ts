import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Bytes, or the absolute path of a file. */
export type Signable = Uint8Array | { readonly file: string };

/** Digests that checksum files carry. */
export type SumAlgorithm = 'sha256' | 'sha512' | 'blake2';

export const sumAlgorithms: readonly SumAlgorithm[] = ['sha256', 'sha512', 'blake2'];

/** As the crypto module calls them; b2sum's is BLAKE2b of 512 bits. */
const hashNames = { sha256: 'sha256', sha512: 'sha512', blake2: 'blake2b512' } as const;

export interface WantedDigests {
  readonly sums: readonly SumAlgorithm[];
  /** What follows the content in each SHA-512 that is to be signed. */
  readonly trailers: readonly Uint8Array[];
}

export interface ContentDigests {
  /** Bytes, counted while reading. */
  readonly size: number;
  /** Lower-case hexadecimal, as far as they were wanted. */
  readonly sums: Readonly<Partial<Record<SumAlgorithm, string>>>;
  /** SHA-512 of the content followed by each trailer. */
  readonly ended: readonly Uint8Array[];
}

/** Bytes of a file in memory at a time. */
const piece = 1024 * 1024;

/** Reads the content once, piece by piece, for all digests. */
export async function digestContent(content: Signable, { sums, trailers }: WantedDigests): Promise<ContentDigests> {
  const names = new Set<SumAlgorithm>(trailers.length > 0 ? [...sums, 'sha512'] : sums);
  const hashes = new Map<SumAlgorithm, Hash>([...names].map((name) => [name, createHash(hashNames[name])]));
  let size = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : createReadStream(content.file, { highWaterMark: piece })) {
    const bytes: Uint8Array = chunk;
    for (const hash of hashes.values()) hash.update(bytes);
    size += bytes.length;
  }
  const ended = trailers.map((trailer) => copyOf(hashes, 'sha512').update(trailer).digest());
  return { size, ended, sums: Object.fromEntries(sums.map((name) => [name, copyOf(hashes, name).digest('hex')])) };
}

function copyOf(hashes: ReadonlyMap<SumAlgorithm, Hash>, name: SumAlgorithm): Hash {
  const hash = hashes.get(name);
  if (hash === undefined) throw new Error(`no ${name} was made`);
  return hash.copy();
}
