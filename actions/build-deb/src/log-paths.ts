import { posix } from 'node:path';

/** `make[1]: Entering directory '/build/x-1.0/src'`; other languages are not spoken inside the machine. */
const entering = /^\S*make(?:\[\d+\])?: Entering directory [`'](.+)'$/;
const leaving = /^\S*make(?:\[\d+\])?: Leaving directory [`'](.+)'$/;

/**
 * The folder that make was in at a line of the log, inside the machine; `tree` before it entered any.
 * Other build systems are covered by `candidates`.
 */
export function folderAt(lines: readonly string[], index: number, tree: string): string {
  const entered: string[] = [];
  for (const line of lines.slice(0, index)) {
    const into = entering.exec(line)?.[1];
    if (into !== undefined) entered.push(into);
    const out = leaving.exec(line)?.[1];
    if (out !== undefined) {
      const last = entered.lastIndexOf(out);
      if (last !== -1) entered.splice(last, 1);
    }
  }
  return entered.at(-1) ?? tree;
}

/**
 * Where a file that the log names may be in the source tree, best guess first; relative, never leading out of it.
 * `folder` is where its compiler ran. debhelper runs cmake and meson in obj-TRIPLET, one level below the tree.
 */
export function candidates(file: string, folder: string, tree: string): readonly string[] {
  const found = new Set<string>();
  for (const base of [folder, tree, posix.join(tree, 'obj')]) {
    const absolute = posix.resolve(base, file);
    if (absolute.startsWith(`${tree}/`)) found.add(absolute.slice(tree.length + 1));
  }
  return [...found];
}
