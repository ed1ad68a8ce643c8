import { checksumFiles } from './checksums.ts';
import { type SumAlgorithm, sumAlgorithms } from './content-digests.ts';

/** A detached signature and the file that it is of. */
export interface DetachedFile {
  readonly name: string;
  readonly of: string;
}

/** What the names in a folder say of what they are; all plain file names, sorted. */
export interface FolderContent {
  readonly sums: readonly { readonly name: string; readonly algorithm: SumAlgorithm }[];
  readonly signatures: readonly DetachedFile[];
  /** Signatures of files that are not here. */
  readonly lonely: readonly string[];
  /** Everything else: what is to be verified. */
  readonly content: readonly string[];
}

/** The checksum files among the names, whatever is in them. */
export function sumsIn(names: readonly string[]): FolderContent['sums'] {
  return sumAlgorithms.flatMap((algorithm) =>
    names.includes(checksumFiles[algorithm]) ? [{ name: checksumFiles[algorithm], algorithm }] : [],
  );
}

/** A name in a list, or of what a signature is of -> the name of that file in the folder. */
export type Resolve = (name: string) => string;

/**
 * Names that are here are meant as they are. Others are looked for under the name of a release asset (`publishedName`: 1.0~rc1 -> 1.0.rc1), in both
 * directions: lists of Debian name what was built, checksum files what is downloaded.
 */
export function resolver(names: readonly string[], publishedName: (name: string) => string): Resolve {
  const here = new Set(names);
  const published = new Map(names.map((name) => [publishedName(name), name]));
  return (name) => (here.has(name) ? name : (published.get(publishedName(name)) ?? name));
}

/**
 * Sorts the files of a folder. A signature that a checksum file lists is content: upstream's, of a source archive. `isSignature`: by
 * content, asked of files named like one whose file is not here, as a public key is named `.asc` too.
 */
export function sortFolder(
  names: readonly string[],
  { listed, resolve, isSignature }: { listed: ReadonlySet<string>; resolve: Resolve; isSignature: (name: string) => boolean },
): FolderContent {
  const all = new Set(names);
  const sums = sumsIn(names);
  const signatures: DetachedFile[] = [];
  const lonely: string[] = [];
  const content: string[] = [];
  for (const name of [...names].sort()) {
    const of = /\.(?:asc|sig)$/.test(name) && !listed.has(name) ? resolve(name.slice(0, -4)) : undefined;
    if (of !== undefined && all.has(of)) signatures.push({ name, of });
    else if (of !== undefined && isSignature(name)) lonely.push(name);
    else if (!sums.some((sum) => sum.name === name)) content.push(name);
  }
  return { sums, signatures, lonely, content };
}

/** Files that people install or build from: one that nobody vouches for is a danger, while a picture beside them is none. */
export function isPackageFile(name: string): boolean {
  return /\.(?:[du]?deb|dsc|changes|buildinfo|diff\.gz)$|\.tar(?:\.[a-z0-9]+)?$/.test(name);
}

/** Debian's files that list others with their digests. */
export function isControlFile(name: string): boolean {
  return /\.(?:dsc|changes|buildinfo)$/.test(name);
}
