import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseChanges } from '@release-kit/debian';
import type { ManifestFile } from '@release-kit/manifest';

/** The names of the files that each .changes in the folder lists, by its own name. Throws E_CONTROL. */
export async function listedFiles(files: readonly ManifestFile[], folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = new Map<string, readonly string[]>();
  for (const { kind, path } of files) {
    if (kind !== 'changes') continue;
    const changes = parseChanges(await readFile(join(folder, path), 'utf8'), path);
    listed.set(
      path,
      changes.files.map((file) => file.name),
    );
  }
  return listed;
}
