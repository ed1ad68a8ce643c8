import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface FileDigest {
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** Bytes, counted while reading, so that it belongs to the digest. */
  readonly size: number;
}

/** Reads a file once, piece by piece, whatever its size. */
export async function digestFile(file: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file)) {
    const bytes: Uint8Array = chunk;
    hash.update(bytes);
    size += bytes.length;
  }
  return { sha256: hash.digest('hex'), size };
}

/** SHA-256 of a text in UTF-8, in hex. */
export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
