import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DebianFile } from '@release-kit/debian';

/** What matters is read by people; more is a mistake or an attack. */
const most = { files: 500, bytes: 256 * 1024 } as const;

/** The regular files of debian/ and debian/source in the user's tree, sorted by name; links and large files are left out. */
export async function debianFiles(tree: string): Promise<readonly DebianFile[]> {
  const found: DebianFile[] = [];
  for (const folder of ['debian', 'debian/source']) {
    const names = await readdir(join(tree, folder)).catch(() => []); // a source format is not demanded
    for (const name of names.sort().slice(0, most.files)) {
      const path = `${folder}/${name}`;
      const text = await readTreeFile(join(tree, path));
      if (text !== undefined) found.push({ path, text });
    }
  }
  return found;
}

/** A regular file of bearable size; undefined for anything else, such as one that is gone meanwhile: no place is in it. */
export async function readTreeFile(path: string): Promise<string | undefined> {
  const info = await lstat(path).catch(() => undefined);
  return info?.isFile() === true && info.size <= most.bytes ? readFile(path, 'utf8') : undefined;
}
