import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** A new file that is written piece by piece, so that its length does not matter. */
export interface GrowingFile extends AsyncDisposable {
  readonly path: string;
  add(pieces: Iterable<string>): Promise<void>;
  /** SHA-256 of all that was added, in hex. */
  digest(): string;
  /** Writes out what is still held. */
  end(): Promise<void>;
}

const blockCharacters = 256 * 1024;

export async function growingFile(path: string): Promise<GrowingFile> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let [held, length]: [string[], number] = [[], 0];
  const flush = async () => {
    const bytes = Buffer.from(held.join(''));
    [held, length] = [[], 0];
    hash.update(bytes);
    await file.writeFile(bytes);
  };
  return {
    path,
    async add(pieces) {
      for (const piece of pieces) {
        held.push(piece);
        length += piece.length;
        if (length >= blockCharacters) await flush();
      }
    },
    digest: () => hash.copy().update(held.join('')).digest('hex'),
    end: flush,
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** SHA-256 of the first `length` bytes of a file, in hex. */
export async function digestOf(path: string, length: number): Promise<string> {
  const hash = createHash('sha256');
  if (length > 0) for await (const chunk of createReadStream(path, { end: length - 1 })) hash.update(Buffer.from(chunk));
  return hash.digest('hex');
}
