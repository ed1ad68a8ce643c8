import { createHash } from 'node:crypto';

/** The SHA-256, in hexadecimal, of what is expected to be `size` bytes; of what is longer no more than a little of the rest is read. */
export async function digestOf(pieces: AsyncIterable<Uint8Array>, size: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of bounded(pieces, size)) hash.update(piece);
  return hash.digest('hex');
}

/** The pieces, and the end after the first that is too much: what never ends must not fill a disk. */
export async function* bounded(pieces: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const piece of pieces) {
    read += piece.length;
    yield piece;
    if (read > size) return;
  }
}
