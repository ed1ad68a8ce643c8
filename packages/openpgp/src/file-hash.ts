/** What a worker is asked; can be cloned between threads. */
export interface HashJob {
  /** Absolute path. */
  readonly file: string;
  /** Names of the crypto module; each once. */
  readonly hashes: readonly string[];
  /** What follows the content in further digests by `ending`, which is one of the hashes. */
  readonly trailers: readonly Uint8Array[];
  readonly ending: string;
}

export interface FileHashes {
  /** Bytes, counted while reading. */
  readonly size: number;
  /** Lower-case hexadecimal, in the order of `hashes`. */
  readonly digests: readonly string[];
  /** One for each trailer. */
  readonly ended: readonly Uint8Array[];
  /** The file was written to while it was read: nothing says what the digests are of. */
  readonly changed: boolean;
}

/**
 * Reads a file once, piece by piece, for all digests; throws what the system says. Its text is also the program of the workers
 * (see hash-workers.ts), so it uses nothing but its parameters.
 */
export function hashFile(
  fs: Pick<typeof import('node:fs'), 'openSync' | 'fstatSync' | 'readSync' | 'closeSync' | 'constants'>,
  crypto: Pick<typeof import('node:crypto'), 'createHash'>,
  piece: Uint8Array,
  job: HashJob,
): FileHashes {
  const descriptor = fs.openSync(job.file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
  try {
    const before = fs.fstatSync(descriptor, { bigint: true });
    const hashes = new Map(job.hashes.map((name) => [name, crypto.createHash(name)]));
    let size = 0;
    for (;;) {
      const length = fs.readSync(descriptor, piece, 0, piece.length, null);
      if (length === 0) break;
      const bytes = length === piece.length ? piece : piece.subarray(0, length);
      for (const hash of hashes.values()) hash.update(bytes);
      size += length;
    }
    const after = fs.fstatSync(descriptor, { bigint: true });
    // A new name of the file (a hard link) changes ctime, so mtime and size have to do.
    const changed = before.mtimeNs !== after.mtimeNs || before.size !== after.size || BigInt(size) !== after.size;
    const ended = job.trailers.map((trailer) => new Uint8Array(hashes.get(job.ending)?.copy().update(trailer).digest() ?? []));
    return { size, changed, ended, digests: [...hashes.values()].map((hash) => hash.digest('hex')) };
  } finally {
    fs.closeSync(descriptor);
  }
}
