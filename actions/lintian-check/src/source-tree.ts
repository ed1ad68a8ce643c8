import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { inertLine, innerPath, type Place, UserError } from '@release-kit/action';
import { parseControl } from '@release-kit/debian';
import { readStanzas, type Stanza, textOf } from './stanza.ts';
import { readTextPool, type TextPlace, type TextPool } from './text-pool.ts';
import { listTree } from './tree-listing.ts';

/** A place in the source tree that a finding is about. */
export interface Anchor {
  /** Relative to the source tree; may be anything a stranger wrote: `locate` looks whether it is inside. */
  readonly path: string;
  /** From 1. */
  readonly line?: number | undefined;
  /** Nothing nearer to the cause exists: the line itself, or the file where the whole file is meant. */
  readonly exact: boolean;
  /** Why this place was taken, one clause. */
  readonly reason: string;
}

export interface Location {
  /** As a person calls it: relative to the source tree. */
  readonly shown: string;
  /** For annotations; undefined when the tree is outside the workspace. */
  readonly place: Place | undefined;
  /** Nothing nearer to the cause exists: the line itself, or the file where the whole file is meant. */
  readonly exact: boolean;
  /** Why this place was taken, one clause: `debian/hello.install installs this file`. */
  readonly reason: string;
}

/** The user's checkout, as far as findings point into it. Nothing outside it is ever named or read. */
export interface SourceTree {
  /** Why debian/control is only partly understood. */
  readonly problem: string | undefined;
  /** Paragraphs of debian/control; empty where there is none. */
  readonly control: readonly Stanza[];
  /** The binary packages of debian/control, in order; the first is the main package. */
  readonly packages: readonly string[];
  /** Regular files, relative, sorted. */
  readonly files: readonly string[];
  /** Files of this base name; none when the tree is too large to be listed whole, because then a name proves nothing. */
  named(name: string): readonly string[];
  /** The lines of a text file; undefined for anything else: absent, a folder, a way out, far too large. */
  lines(path: string): Promise<readonly string[] | undefined>;
  /** Lines of the text files that hold a text as a word, at most `most`. */
  occurrences(text: string, most: number): Promise<readonly TextPlace[]>;
  /** The place of an anchor; relative to the workspace when the tree lies in it. undefined when it is no file of the tree. */
  locate(anchor: Anchor): Promise<Location | undefined>;
}

/** Opens the tree at `root` (absolute). */
export async function openSourceTree(root: string, workspace: string): Promise<SourceTree> {
  const realRoot = await realpath(root);
  const realWorkspace = await realpath(workspace);
  const fileOf = kept((path: string) => insideFile(realRoot, path));
  const linesOf = kept(async (path: string) => readLines(await fileOf(path)));
  const controlLines = await linesOf('debian/control');
  const control = readStanzas(controlLines ?? []);
  const packages = control.slice(1).flatMap((stanza) => textOf(stanza, 'Package') ?? []);
  const listing = await listTree(realRoot, new Set(['tmp', '.debhelper', ...packages].map((name) => `debian/${name}`)));
  const byName = namesOf(listing.cut ? [] : listing.files);
  let pool: Promise<TextPool> | undefined;
  return {
    problem: controlLines === undefined ? undefined : problemOf(controlLines),
    control,
    packages,
    files: listing.files,
    named: (name) => byName.get(name) ?? [],
    lines: linesOf,
    async occurrences(text, most) {
      pool ??= readTextPool(realRoot, listing.files);
      return (await pool).occurrences(text, most);
    },
    async locate({ path, line, exact, reason }) {
      const found = await fileOf(path);
      if (found === undefined) return undefined;
      const hasLine = line !== undefined && line >= 1 && line <= ((await linesOf(path))?.length ?? 0);
      // A change is shown at the file itself, not at a link to it.
      const own = relative(realRoot, found.real);
      const file = innerPath(realWorkspace, found.real);
      return {
        shown: hasLine ? `${own}:${line}` : own,
        place: file === undefined ? undefined : { file, ...(hasLine ? { line } : {}) },
        exact: exact && (hasLine || line === undefined),
        reason,
      };
    },
  };
}

/** Asks once for each path. */
function kept<Answer>(ask: (path: string) => Promise<Answer>): (path: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (path) => {
    const known = answers.get(path) ?? ask(path);
    answers.set(path, known);
    return known;
  };
}

function namesOf(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const path of files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const known = names.get(name) ?? [];
    known.push(path);
    names.set(name, known);
  }
  return names;
}

const largestSource = 4 * 1024 * 1024;

async function readLines(file: InsideFile | undefined): Promise<readonly string[] | undefined> {
  if (file === undefined || file.size > largestSource) return undefined;
  try {
    return (await readFile(file.real, 'utf8')).replace(/\n$/, '').split('\n');
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

/** A regular file inside the tree, with links resolved. */
interface InsideFile {
  readonly real: string;
  readonly size: number;
}

async function insideFile(root: string, path: string): Promise<InsideFile | undefined> {
  if (!isPlainRelative(path)) return undefined;
  try {
    const real = await realpath(join(root, path));
    if (!real.startsWith(`${root}${sep}`)) return undefined;
    const facts = await stat(real);
    return facts.isFile() ? { real, size: facts.size } : undefined;
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

/** Parts without meaning for the file system, and nothing that a log or an annotation would obey. */
function isPlainRelative(path: string): boolean {
  if (path === '' || path.startsWith('/') || /[\u0000-\u001f\u007f]/.test(path)) return false;
  return path.split('/').every((part) => part !== '..' && part !== '.' && part !== '');
}

/** A broken debian/control is no reason to hide findings: places may get coarser, and the log says so. */
function problemOf(lines: readonly string[]): string | undefined {
  try {
    parseControl(`${lines.join('\n')}\n`, 'debian/control');
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return inertLine(error.message);
    throw error;
  }
}

/** What a path that leads to no file we may read is answered with. */
function isUnreadable(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ENAMETOOLONG'].includes(code);
}
