/** What a benchmark uploads, for the processes that do it. */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReleaseFile } from '@release-kit/github';
import { digestFile } from '@release-kit/manifest';

/** Files of so many bytes each: no two are equal, and none takes room on the disk. Writes their list into the folder too; its path. */
export async function makeUploads(folder: string, sizes: readonly number[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  const files: ReleaseFile[] = [];
  for (const [index, size] of sizes.entries()) {
    const name = `bench-${index}_1_all.deb`;
    const file = join(folder, name);
    {
      await using opened = await open(file, 'wx');
      await opened.write(createHash('sha256').update(name).digest(), 0, Math.min(32, size));
      await opened.truncate(size);
    }
    files.push({ name, file, ...(await digestFile(file)) });
  }
  const list = join(folder, 'list.json');
  await writeFile(list, JSON.stringify(files));
  return list;
}

/** The list as `makeUploads` wrote it. */
export async function readUploads(list: string): Promise<readonly ReleaseFile[]> {
  return JSON.parse(await readFile(list, 'utf8'));
}
