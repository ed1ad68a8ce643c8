import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { codeOf } from '@release-kit/action';

const most = { depth: 5, entries: 20_000 } as const;
/** Not written by people. */
const left: ReadonlySet<string> = new Set(['node_modules', 'debian', 'target', 'build', 'vendor']);

/**
 * Where upstream keeps a unit file, relative to the root, when the tree has one file of that name alone; also as a template of the build, with `.in`
 * behind it. Links are not followed, and a tree of any size takes bounded time.
 */
export async function findUnitFile(root: string, unit: string): Promise<string | undefined> {
  const names = new Set([unit, templateOf(unit)].flatMap((name) => [name, `${name}.in`]));
  const found: string[] = [];
  let folders = [''];
  let seen = 0;
  for (let depth = 0; depth < most.depth && folders.length > 0; depth += 1) {
    const below: string[] = [];
    for (const folder of folders)
      for (const entry of await entriesOf(`${root}/${folder}`)) {
        seen += 1;
        if (seen > most.entries) return undefined;
        if (entry.isFile() && names.has(entry.name)) found.push(`${folder}${entry.name}`);
        if (entry.isDirectory() && !entry.name.startsWith('.') && !left.has(entry.name)) below.push(`${folder}${entry.name}/`);
      }
    folders = below;
  }
  return found.length === 1 ? found[0] : undefined;
}

/** `web@a.service` comes from `web@.service`; systemd.unit(5). */
export function templateOf(unit: string): string {
  return unit.replace(/@[^@]+(\.[a-z]+)$/, '@$1');
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // What cannot be read has no place; places are only a help.
    if (codeOf(error) !== undefined) return [];
    throw error;
  }
}
