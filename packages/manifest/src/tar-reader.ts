import type { FileHandle } from 'node:fs/promises';
import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { isPlainFileName } from './file-name.ts';
import { blockSize, checksum, type TarEntry } from './tar-header.ts';

const pieceSize = 1024 * 1024;
/** Bytes; a path of 255 and some words. */
const maxExtended = 16 * 1024;

/** Reads an archive from the beginning to its end, entry by entry. It trusts nothing of it; anything unusual is E_MANIFEST. */
export class TarReader {
  readonly #input: FileHandle;
  readonly #file: string;
  #position = 0;
  #next = 0;

  /** `file` is how messages name it. */
  constructor(input: FileHandle, file: string) {
    this.#input = input;
    this.#file = file;
  }

  /** The next file; undefined at the end. What was not read of the last one is skipped. */
  async next(): Promise<TarEntry | undefined> {
    let path: string | undefined;
    for (;;) {
      this.#position = this.#next;
      const block = await this.#read(blockSize);
      if (block.every((byte) => byte === 0)) return undefined;
      const entry = this.#entryOf(block);
      this.#next = this.#position + Math.ceil(entry.size / blockSize) * blockSize;
      const type = String.fromCharCode(block[156] ?? 0);
      if (type === 'x' && path === undefined) {
        path = await this.#extendedPath(entry.size);
        continue;
      }
      const name = path ?? entry.name;
      if (type !== '0' && type !== '\0') throw this.problem(`${shown(name)} in it is no regular file`);
      if (!isPlainFileName(name)) throw this.problem(`${shown(name)} in it is not a plain file name`);
      return { ...entry, name };
    }
  }

  /** The bytes of the entry that was returned last. */
  async *content({ name, size }: TarEntry): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; ) {
      const piece = await this.#read(Math.min(left, pieceSize), `${name} in it is cut off`);
      left -= piece.length;
      yield piece;
    }
  }

  problem(what: string): UserError {
    return new UserError('E_MANIFEST', `the archive cannot be taken: ${what}`, {
      place: { file: this.#file },
      cure: 'Hand over the archive that build-deb uploaded, as it is.',
    });
  }

  #entryOf(block: Buffer): TarEntry {
    const octal = (start: number, length: number): number => {
      const digits = /^ *([0-7]+)[ \0]*$/.exec(block.toString('latin1', start, start + length))?.[1];
      if (digits === undefined) throw this.problem('it is damaged, or no tar archive');
      return Number.parseInt(digits, 8);
    };
    if (octal(148, 8) !== checksum(block)) throw this.problem('it is damaged, or no tar archive');
    const field = block.subarray(0, 100);
    const end = field.indexOf(0);
    // The prefix of ustar would be folders, which plain names do not have.
    if (block[345] !== 0 && block.toString('latin1', 257, 262) === 'ustar') throw this.problem('a file in it lies in a folder');
    return { name: field.toString('utf8', 0, end < 0 ? 100 : end), size: octal(124, 12), mode: octal(100, 8), time: octal(136, 12) };
  }

  /** Of an extended header only a path; other records could say another size. */
  async #extendedPath(size: number): Promise<string> {
    if (size > maxExtended) throw this.problem('a header in it is too long');
    const match = /^(\d+) path=([^\n]*)\n$/.exec((await this.#read(size)).toString('utf8'));
    if (match === null) throw this.problem('a header in it says more than a path');
    return match[2] ?? '';
  }

  async #read(length: number, problem = 'it is cut off'): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.#input.read(bytes, filled, length - filled, this.#position);
      if (bytesRead === 0) throw this.problem(problem);
      filled += bytesRead;
      this.#position += bytesRead;
    }
    if (this.#position > this.#next) this.#next = this.#position;
    return bytes;
  }
}

const shown = (name: string): string => JSON.stringify(inertLine(name).slice(0, 100));
