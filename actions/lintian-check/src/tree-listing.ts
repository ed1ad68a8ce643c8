import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface TreeListing {
  /** Regular files, relative, sorted; links are neither listed nor followed. */
  readonly files: readonly string[];
  /** The tree has more files or folders than are looked at. */
  readonly cut: boolean;
}

const usualLimits = { files: 50_000, depth: 32 } as const;

/** Folders of version control and patch tools, and what builds leave in debian/. */
const leftOut: ReadonlySet<string> = new Set(['.git', '.svn', '.hg', '.bzr', '.pc', '_darcs', 'node_modules']);

/** Lists a source tree. `built`: paths of folders that a build leaves, such as debian/hello. */
export async function listTree(
  root: string,
  built: ReadonlySet<string>,
  limits: { readonly files: number; readonly depth: number } = usualLimits,
): Promise<TreeListing> {
  const files: string[] = [];
  let cut = false;
  const folders: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const { path, depth } = folder;
    const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) {
      cut = true;
      continue;
    }
    for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (leftOut.has(entry.name) || built.has(inside)) continue;
        if (depth + 1 > limits.depth) cut = true;
        else folders.push({ path: inside, depth: depth + 1 });
      } else if (entry.isFile()) {
        if (files.length >= limits.files) return { files: files.sort(compare), cut: true };
        files.push(inside);
      }
    }
  }
  return { files: files.sort(compare), cut };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
