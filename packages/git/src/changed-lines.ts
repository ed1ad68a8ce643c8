import { UserError } from '@release-kit/action';
import type { Git } from './git.ts';

/** Lines from `first` to `last`, both counted from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** The lines of each changed file that are new or changed, in order; a file without any only lost lines, or changed its mode. */
export type ChangedLines = ReadonlyMap<string, readonly LineRange[]>;

/** Of one call: far below the length that the system allows for arguments. */
const pathsPerCall = 200;

/**
 * Compares `base` with HEAD for these files only, whatever they are called. Plumbing is asked, which obeys neither the
 * repository's settings nor a `.gitattributes` that calls its files binary. A moved file counts as new. E_GIT.
 *
 * @param paths relative to the checkout, with `/`
 */
export async function changedLines(git: Git, base: string, paths: readonly string[]): Promise<ChangedLines> {
  const changed = new Map<string, readonly LineRange[]>();
  for (let at = 0; at < paths.length; at += pathsPerCall) {
    const some = paths.slice(at, at + pathsPerCall);
    const ask = async (...options: readonly string[]): Promise<string> => {
      const how = ['diff-tree', '-r', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', ...options];
      return (await git.run(['--literal-pathspecs', ...how, base, 'HEAD', '--', ...some])).stdout;
    };
    const names = parseNames(await ask('--name-status', '-z'));
    const patch = names.length === 0 ? '' : await ask('--patch', '--unified=0', '--text');
    for (const [name, ranges] of parsePatch(patch, names)) changed.set(name, ranges);
  }
  return changed;
}

/** The files of a patch, in its order. A file that became a link, or the other way round, is in it twice: taken away, and made. */
export function parseNames(text: string): readonly string[] {
  const parts = text.split('\0');
  const names: string[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [status = '', name = ''] = [parts[at], parts[at + 1]];
    names.push(...(status.startsWith('T') ? [name, name] : [name]));
  }
  return names;
}

const header = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads a patch without context. Names are not read from it, since a hostile one could look like anything: the n-th part
 * belongs to the n-th name. Content cannot be taken for a header, as each line of it starts with a sign.
 */
export function parsePatch(patch: string, names: readonly string[]): ChangedLines {
  const changed = new Map<string, readonly LineRange[]>();
  let part = -1;
  for (const line of patch.split('\n')) {
    if (line.startsWith('diff --git ')) {
      part += 1;
      const name = names[part];
      if (name === undefined) throw unreadable();
      changed.set(name, changed.get(name) ?? []);
      continue;
    }
    const [, first, added = '1'] = header.exec(line) ?? [];
    const name = names[part];
    if (first === undefined || name === undefined) continue;
    const range = { first: Number(first), last: Number(first) + Number(added) - 1 };
    if (range.last >= range.first) changed.set(name, [...(changed.get(name) ?? []), range]);
  }
  if (part + 1 !== names.length) throw unreadable();
  return changed;
}

function unreadable(): UserError {
  return new UserError('E_GIT', 'git describes a change in a form that is not known');
}
