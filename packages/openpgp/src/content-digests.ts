import { createHash, type Hash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { basename } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import type { FileHashes, HashJob } from './file-hash.ts';
import { type HashAnswer, hashHere, hashInWorkers } from './hash-workers.ts';

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

export interface DigestOptions {
  /** Ends the work at once. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each file: bytes read so far, and of all files. */
  readonly progress?: ((read: number, all: number) => void) | undefined;
}

/** Bytes of all files together; below, starting workers takes longer than they save. */
const littleWork = 32 * 1024 * 1024;

/** Reads the content once, piece by piece, for all digests. Errors as `digestFiles`. */
export async function digestContent(content: Signable, wanted: WantedDigests, options: DigestOptions = {}): Promise<ContentDigests> {
  if (content instanceof Uint8Array) return digestBytes(content, wanted);
  const [digests] = await digestFiles([content.file], wanted, options);
  if (digests === undefined) throw new Error('a file has no digests');
  return digests;
}

/**
 * Reads each file (absolute path; no link) once for all its digests, several at the same time; returns them in the order of the files.
 * E_PATH for one that cannot be read, E_DIGEST for one that was written to meanwhile.
 */
export async function digestFiles(
  files: readonly string[],
  wanted: WantedDigests,
  { signal = new AbortController().signal, progress }: DigestOptions = {},
): Promise<readonly ContentDigests[]> {
  const sizes: number[] = [];
  for (const file of files) sizes.push(await sizeOf(file));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let read = 0;
  const done = (index: number): void => {
    read += sizes[index] ?? 0;
    progress?.(read, all);
  };
  const names = namesOf(wanted);
  const hashes = names.map((name) => hashNames[name]);
  const jobs = files.map((file): HashJob => ({ file, hashes, trailers: wanted.trailers, ending: hashNames.sha512 }));
  const answers = await (all > littleWork ? hashInWorkers : hashHere)(jobs, signal, done);
  return files.map((file, index) => {
    const { size, digests, ended } = hashesOf(file, answers[index]);
    return { size, ended, sums: pick(wanted.sums, (name) => digests[names.indexOf(name)]) };
  });
}

function digestBytes(bytes: Uint8Array, wanted: WantedDigests): ContentDigests {
  const hashes = new Map<SumAlgorithm, Hash>(namesOf(wanted).map((name) => [name, createHash(hashNames[name]).update(bytes)]));
  const ended = wanted.trailers.flatMap((trailer) => hashes.get('sha512')?.copy().update(trailer).digest() ?? []);
  return { size: bytes.length, ended, sums: pick(wanted.sums, (name) => hashes.get(name)?.copy().digest('hex')) };
}

/** A signature is made of a SHA-512, which may be a sum as well. */
function namesOf({ sums, trailers }: WantedDigests): readonly SumAlgorithm[] {
  return [...new Set<SumAlgorithm>(trailers.length > 0 ? [...sums, 'sha512'] : sums)];
}

function pick(names: readonly SumAlgorithm[], digestOf: (name: SumAlgorithm) => string | undefined): ContentDigests['sums'] {
  return Object.fromEntries(names.map((name) => [name, digestOf(name)]));
}

/** Only for dividing the work: what is said of a file comes from reading it. */
async function sizeOf(file: string): Promise<number> {
  return (await lstat(file).catch(() => undefined))?.size ?? 0;
}

function hashesOf(file: string, answer: HashAnswer | undefined): FileHashes {
  const name = inertLine(basename(file));
  if (answer === undefined || 'problem' in answer) {
    throw new UserError('E_PATH', `${name} cannot be read: ${answer?.problem ?? 'no answer'}`, { place: { file } });
  }
  if (!answer.changed) return answer;
  throw new UserError('E_DIGEST', `${name} changed while it was read`, {
    place: { file },
    cure: 'Let nothing write to the files that are signed, and run again.',
  });
}
