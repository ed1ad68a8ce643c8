import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { type FileSums, readDebArchive } from '@release-kit/debian';
import type { ManifestFile } from '@release-kit/manifest';
import { draftSignature, finishSignatures, type SigningKey } from '@release-kit/openpgp';
import { arMember, originMember, type Piece, piecesOf } from './deb-member.ts';

/** Bytes in memory at a time. */
const bufferSize = 1024 * 1024;

export interface DebToSign {
  /** As the manifest lists it. */
  readonly file: ManifestFile;
  /** Absolute folder of the unsigned package. */
  readonly from: string;
  /** Absolute folder for the signed one, under the same name. */
  readonly to: string;
}

/**
 * Writes a package with a signature inside (see `piecesOf`), in one reading whatever its size; an earlier one by the member's name is
 * left out. The same key, package and `time` (milliseconds) give the same bytes. Throws E_DEB for what is no .deb, E_DIGEST for
 * other bytes than the manifest says.
 */
export async function signDeb(key: SigningKey, { file, from, to }: DebToSign, time: number, host: Pick<Host, 'signal'>): Promise<FileSums> {
  await using input = await open(join(from, file.path), 'r');
  const { size } = await input.stat();
  const archive = await readDebArchive(size, (at, length) => bytesAt(input, at, length), file.path);
  await using output = await open(join(to, file.path), 'wx', 0o644);
  const whole = new NewFile(output);
  const signed = createHash('sha512');
  const before = createHash('sha256');
  for (const piece of piecesOf(archive, size)) {
    for await (const bytes of contentOf(input, piece, file.path)) {
      host.signal.throwIfAborted();
      before.update(bytes);
      if (piece.signed) signed.update(bytes);
      if (piece.kept) await whole.write(bytes);
    }
  }
  if (before.digest('hex') !== file.sha256)
    throw new UserError('E_DIGEST', `${file.path} was changed while it was signed`, { place: { file: file.path } });
  const draft = draftSignature(key, time);
  const { binary } = await finishSignatures([draft], [signed.update(draft.trailer).digest()]);
  await whole.write(arMember(originMember, binary, time));
  return { name: file.path, ...whole.sums() };
}

async function bytesAt(input: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await input.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

async function* contentOf(input: FileHandle, { at, length }: Piece, name: string): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(Math.min(bufferSize, length));
  for (let done = 0; done < length; ) {
    const { bytesRead } = await input.read(buffer, 0, Math.min(buffer.length, length - done), at + done);
    if (bytesRead === 0) throw new UserError('E_DIGEST', `${name} became shorter while it was signed`, { place: { file: name } });
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** A file in the making, and the digests that control files list. */
class NewFile {
  readonly #output: FileHandle;
  readonly #hashes: Readonly<Record<'md5' | 'sha1' | 'sha256', Hash>>;
  #size = 0;

  constructor(output: FileHandle) {
    this.#output = output;
    this.#hashes = { md5: createHash('md5'), sha1: createHash('sha1'), sha256: createHash('sha256') };
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (const hash of Object.values(this.#hashes)) hash.update(bytes);
    this.#size += bytes.length;
    await this.#output.writeFile(bytes);
  }

  sums(): Omit<FileSums, 'name'> {
    const { md5, sha1, sha256 } = this.#hashes;
    return { size: this.#size, md5: md5.digest('hex'), sha1: sha1.digest('hex'), sha256: sha256.digest('hex') };
  }
}
