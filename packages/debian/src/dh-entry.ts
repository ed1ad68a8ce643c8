import { expandBraces, fitsGlob } from './dh-glob.ts';

/** What one line of a debhelper file puts into a package. */
export interface DhEntry {
  /** From 1. */
  readonly line: number;
  /** Pattern of the installed path, as `plainPath` writes it; what lies below is meant, too. */
  readonly target: string;
  /** Pattern of the file in the source tree or in debian/tmp; undefined where none is meant, as for links. */
  readonly source: string | undefined;
}

export interface DhMatch {
  readonly line: number;
  /** The entry names the path itself, not a folder above it. */
  readonly whole: boolean;
  /** Pattern of the source of this very path. */
  readonly source: string | undefined;
}

/** Without what may stand before a path of the installed system, and with `bin`, `sbin` and `lib*` below `usr`. */
export function plainPath(path: string): string {
  const parts = path
    .replace(/^(?:\.?\/)*(?:debian\/tmp(?:\/|$))?/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  return (/^(?:bin|sbin|lib|lib32|lib64|libx32)$/.test(parts[0] ?? '') ? ['usr', ...parts] : parts).join('/');
}

/** The entry that installs a path: the one that names most of it, of several alike the first. `path` is as `plainPath` writes it. */
export function matchEntry(entries: readonly DhEntry[], path: string): DhMatch | undefined {
  const parts = path.split('/');
  let best: { readonly entry: DhEntry; readonly depth: number; readonly weight: number } | undefined;
  for (const entry of entries) {
    const depth = depthOf(entry.target, parts);
    if (depth === undefined) continue;
    const weight = depth * 1000 + entry.target.replace(/[*?]|\$\{[^}]*\}/g, '').length;
    if (best === undefined || weight > best.weight) best = { entry, depth, weight };
  }
  if (best === undefined) return undefined;
  const { entry, depth } = best;
  const below = parts.slice(depth);
  const own = entry.target.split('/').at(-1) === entry.source?.split('/').at(-1);
  // A pattern says what it stands for once the installed name is known, unless the file is renamed.
  const named =
    own && entry.source !== undefined ? [...entry.source.split('/').slice(0, -1), parts[depth - 1] ?? ''].join('/') : entry.source;
  return { line: entry.line, whole: below.length === 0, source: named === undefined ? undefined : [named, ...below].join('/') };
}

/** How many leading parts of a path a pattern stands for; undefined when it does not fit. */
function depthOf(pattern: string, parts: readonly string[]): number | undefined {
  if (pattern === '') return undefined;
  const wanted = pattern.split('/');
  return wanted.length <= parts.length && wanted.every((part, index) => fitsGlob(part, parts[index] ?? '')) ? wanted.length : undefined;
}

/** The entries of one word and its alternatives in braces. */
export function entriesOf(word: string, line: number, target: (source: string) => string): readonly DhEntry[] {
  return expandBraces(word).map((source) => ({ line, target: plainPath(target(source)), source: source.replace(/\/+$/, '') }));
}

/** Last part of a path; that of a folder written with a slash at its end, too. */
export function lastPart(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

/** Entries without a source. */
export function expandedTargets(word: string, line: number): readonly DhEntry[] {
  return expandBraces(word).map((target) => ({ line, target: plainPath(target), source: undefined }));
}
