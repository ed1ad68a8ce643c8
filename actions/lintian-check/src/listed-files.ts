import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseChanges } from '@release-kit/debian';
import type { ManifestFile } from '@release-kit/manifest';

/** The names of the files in each .changes of a manifest, by the name of the .changes. E_CONTROL when one cannot be read. */
export async function listedFiles(files: readonly ManifestFile[], folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = new Map<string, readonly string[]>();
  for (const { kind, path } of files) {
    if (kind !== 'changes') continue;
    const { files: inside } = parseChanges(await readFile(join(folder, path), 'utf8'), path);
    listed.set(
      path,
      inside.map(({ name }) => name),
    );
  }
  return listed;
}
