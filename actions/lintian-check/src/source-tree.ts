import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { inertLine, type Place, UserError } from '@release-kit/action';
import { parseControl } from '@release-kit/debian';
import type { Candidate } from './placement.ts';

/** The user's checkout, as far as findings point into it. */
export interface SourceTree {
  /** Line of each `Package:` field of debian/control, in order; empty where there is none that can be read. */
  readonly stanzas: ReadonlyMap<string, number>;
  /** Why there are no stanzas, when debian/control is there but cannot be read. */
  readonly problem: string | undefined;
  /** The first candidate that is a file inside the tree; relative to the workspace when the tree lies in it. */
  locate(candidates: readonly Candidate[]): Promise<Location | undefined>;
}

export interface Location {
  /** As a person calls it: relative to the source tree. */
  readonly shown: string;
  /** For annotations; undefined when the tree is outside the workspace. */
  readonly place: Place | undefined;
  /** The line is the one that causes the finding; else the best anchor there is. */
  readonly exact: boolean;
  /** Why this place, in one clause for a person. */
  readonly reason: string;
}

/** Opens the tree at `root` (absolute). Nothing outside it is ever named or read, whatever a finding points to. */
export async function openSourceTree(root: string, workspace: string): Promise<SourceTree> {
  const realRoot = await realpath(root);
  const realWorkspace = await realpath(workspace);
  const { stanzas, problem } = await readStanzas(realRoot);
  const lines = new Map<string, Promise<readonly string[] | undefined>>();
  const linesOf = (path: string): Promise<readonly string[] | undefined> => {
    const known = lines.get(path) ?? readLines(realRoot, path);
    lines.set(path, known);
    return known;
  };
  return {
    stanzas,
    problem,
    async locate(candidates) {
      for (const candidate of candidates) {
        const text = await linesOf(candidate.path);
        if (text === undefined) continue;
        const line = candidate.holding === undefined ? trustedLine(candidate, text) : lineHolding(candidate.holding, text);
        if (candidate.holding !== undefined && line === undefined) continue;
        const file = relative(realWorkspace, join(realRoot, candidate.path));
        const inside = file !== '..' && !file.startsWith(`..${sep}`);
        const at = line === undefined ? {} : { line };
        const shown = `${candidate.path}${line === undefined ? '' : `:${line}`}`;
        return { shown, place: inside ? { file, ...at } : undefined, exact: candidate.exact === true, reason: candidate.reason };
      }
      return undefined;
    },
  };
}

function lineHolding(wanted: string, text: readonly string[]): number | undefined {
  const index = text.findIndex((content) => !content.startsWith('#') && content.includes(wanted));
  return index < 0 ? undefined : index + 1;
}

/** A line the file has, and before which debhelper put nothing in. */
function trustedLine(candidate: Candidate, text: readonly string[]): number | undefined {
  const { line } = candidate;
  if (line === undefined || line > text.length) return undefined;
  const shifted = candidate.generated === true && text.slice(0, line).some((content) => content.includes('#DEBHELPER#'));
  return shifted ? undefined : line;
}

const largestSource = 4 * 1024 * 1024;

/** The lines of a regular file inside the tree; undefined for anything else: absent, a folder, a way out, far too large. */
async function readLines(root: string, path: string): Promise<readonly string[] | undefined> {
  if (!isPlainRelative(path)) return undefined;
  try {
    const real = await realpath(join(root, path));
    if (!real.startsWith(`${root}${sep}`)) return undefined;
    const facts = await stat(real);
    if (!facts.isFile() || facts.size > largestSource) return undefined;
    return (await readFile(real, 'utf8')).replace(/\n$/, '').split('\n');
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

/** A broken debian/control is no reason to hide findings: places get coarser, and the log says so. */
async function readStanzas(root: string): Promise<Pick<SourceTree, 'stanzas' | 'problem'>> {
  const lines = await readLines(root, 'debian/control');
  if (lines === undefined) return { stanzas: new Map(), problem: undefined };
  try {
    const { binaries } = parseControl(`${lines.join('\n')}\n`, 'debian/control');
    return {
      stanzas: new Map(binaries.map((paragraph) => [paragraph.get('Package') ?? '', paragraph.line('Package') ?? 1])),
      problem: undefined,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { stanzas: new Map(), problem: inertLine(error.message) };
  }
}

/** What a path that leads to no file we may read is answered with. */
function isUnreadable(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ENAMETOOLONG'].includes(code);
}
