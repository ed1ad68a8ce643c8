import { basename } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import { type ContentDigests, type DigestOptions, digestFiles, type SumAlgorithm, type WantedDigests } from './content-digests.ts';

/** The sum that contents are known by. */
export interface KnownContent {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly size: number;
}

export interface DigestBook {
  /** Reads each file (absolute path) once for all digests, and keeps them. Errors as `digestFiles`. */
  read(files: readonly string[]): Promise<readonly KnownContent[]>;
  /**
   * All digests of contents that are known by their SHA-256: those that were read before are not read again, wherever they lie now.
   * E_DIGEST for a file that holds something else than its SHA-256 says.
   */
  digestsOf(files: readonly { readonly file: string; readonly sha256: string }[]): Promise<readonly ContentDigests[]>;
}

/**
 * Keeps all digests of what was read, so that one reading serves to compare a file with its manifest, to list it in the checksum
 * files, and to sign it; and what is signed is what was compared, not what came into its place since.
 */
export function digestBook({ sums, trailers }: WantedDigests, options: DigestOptions = {}): DigestBook {
  const wanted = { trailers, sums: [...new Set<SumAlgorithm>(['sha256', ...sums])] };
  const known = new Map<string, ContentDigests>();
  const read = async (files: readonly string[]): Promise<readonly KnownContent[]> =>
    (await digestFiles(files, wanted, options)).map((digests) => {
      const { size, sums: made } = digests;
      if (made.sha256 === undefined) throw new Error('no SHA-256 was made');
      known.set(made.sha256, digests);
      return { size, sha256: made.sha256 };
    });
  return {
    read,
    async digestsOf(files) {
      const unread = files.filter(({ sha256 }) => !known.has(sha256));
      await read(unread.map(({ file }) => file));
      return files.map(({ file, sha256 }) => {
        const digests = known.get(sha256);
        if (digests !== undefined) return digests;
        throw new UserError('E_DIGEST', `${inertLine(basename(file))} is not what its SHA-256 says, ${inertLine(sha256)}`, {
          place: { file },
        });
      });
    },
  };
}
