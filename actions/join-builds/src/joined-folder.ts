import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, inertLine, refuseMountPoint, UserError } from '@release-kit/action';
import {
  type BuiltFolder,
  gatherFiles,
  type Manifest,
  manifestName,
  mergeManifests,
  readManifest,
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
 * all, in the stead of what an earlier run left there. Throws E_MANIFEST for two different files of one name, E_PATH for a place that cannot be
 * written to or holds anything else, E_DIGEST.
 */
export async function joinInto(output: string, builds: readonly BuiltFolder[]): Promise<Joined> {
  const merged = mergeManifests(builds.map(({ manifest }) => manifest));
  const folder = `${output}.${crypto.randomUUID()}.tmp`;
  try {
    await refuseMountPoint(output);
    await refuseStrangers(output);
    await mkdir(folder, { recursive: true });
    await gatherFiles(merged, builds, folder);
    // What was downloaded was compared; this says that it also came here whole.
    await verifyFiles(merged, folder);
    const digest = await writeManifest(join(folder, manifestName), merged);
    // Looked at once more: whatever appeared since is not ours to remove.
    await refuseStrangers(output);
    await rm(output, { recursive: true, force: true });
    await rename(folder, output);
    return { manifest: merged, digest };
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => {}); // the first error tells what is wrong
    if (error instanceof UserError || codeOf(error) === undefined) throw error;
    throw new UserError('E_PATH', 'input output: the folder cannot be written to', { cause: error, place: { file: output } });
  }
}

/** The folder is replaced, so it may hold nothing but a manifest of ours and files that it lists. */
async function refuseStrangers(output: string): Promise<void> {
  const names = await readdir(output).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  const stranger = names.length === 0 ? undefined : await strangerAmong(names, output);
  if (stranger === undefined) return;
  throw new UserError('E_PATH', `input output: the folder holds ${inertLine(stranger)}, which no earlier run put there`, {
    place: { file: output },
    cure: 'Name a new or empty folder: what is there would be replaced.',
  });
}

async function strangerAmong(names: readonly string[], output: string): Promise<string | undefined> {
  const listed = await readManifest(join(output, manifestName)).catch((error: unknown) => {
    if (error instanceof UserError) return undefined; // none, or none of ours
    throw error;
  });
  const known = new Set(listed === undefined ? [] : [manifestName, ...listed.files.map(({ path }) => path)]);
  return names.find((name) => !known.has(name));
}
