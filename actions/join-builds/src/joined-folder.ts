import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, UserError } from '@release-kit/action';
import {
  type BuiltFolder,
  gatherFiles,
  type Manifest,
  manifestName,
  mergeManifests,
  verifyFiles,
  writeManifest,
} from '@release-kit/manifest';

export interface Joined {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest that was written. */
  readonly digest: string;
}

/**
 * Puts the files of several builds, each verified, and one manifest of all into the folder `output` (absolute), which is there as a whole or not at
 * all. Throws E_MANIFEST for two different files of one name, E_PATH for a place that cannot be written to, E_DIGEST.
 */
export async function joinInto(output: string, builds: readonly BuiltFolder[]): Promise<Joined> {
  const merged = mergeManifests(builds.map(({ manifest }) => manifest));
  const folder = `${output}.${crypto.randomUUID()}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await gatherFiles(merged, builds, folder);
    // What was downloaded was compared; this says that it also came here whole.
    await verifyFiles(merged, folder);
    const digest = await writeManifest(join(folder, manifestName), merged);
    await rm(output, { recursive: true, force: true });
    await rename(folder, output);
    return { manifest: merged, digest };
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => {}); // the first error tells what is wrong
    if (error instanceof UserError || codeOf(error) === undefined) throw error;
    throw new UserError('E_PATH', 'input output: the folder cannot be written to', { cause: error, place: { file: output } });
  }
}
