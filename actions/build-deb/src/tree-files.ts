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
      const info = await lstat(join(tree, path)).catch(() => undefined); // gone meanwhile: no place is in it
      if (info?.isFile() === true && info.size <= most.bytes) found.push({ path, text: await readFile(join(tree, path), 'utf8') });
    }
  }
  return found;
}
