import { readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { innerPath } from '@release-kit/action';
import { readTreeFile } from './tree-files.ts';

/** Submodules that .gitmodules of the tree, or of a folder above it in the workspace, names below the tree, and whose folders are empty. */
export async function emptySubmodules(source: string, workspace: string): Promise<readonly string[]> {
  for (const folder of [source, ...foldersAbove(source, workspace)]) {
    const text = await readTreeFile(join(folder, '.gitmodules'));
    if (text === undefined) continue;
    const found: string[] = [];
    for (const [, path = ''] of text.matchAll(/^\s*path\s*=\s*(\S.*?)\s*$/gm)) {
      const own = join(folder, path);
      const entries = innerPath(source, own) === undefined ? undefined : await readdir(own).catch(() => undefined);
      if (entries?.length === 0) found.push(relative(source, own));
    }
    return found.sort();
  }
  return [];
}

function foldersAbove(folder: string, workspace: string): readonly string[] {
  const above = dirname(folder);
  return above === folder || innerPath(workspace, above) === undefined ? [] : [above, ...foldersAbove(above, workspace)];
}
