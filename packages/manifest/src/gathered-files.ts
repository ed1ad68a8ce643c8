import { constants, copyFile, link } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './manifest.ts';

/** What a job built, lying in a folder (absolute). */
export interface BuiltFolder {
  readonly manifest: Manifest;
  readonly folder: string;
}

/**
 * Brings the files of `merged`, which mergeManifests made of the manifests of these builds, together in a folder (absolute). They are linked where
 * that is possible: packages may be large.
 */
export async function gatherFiles(merged: Manifest, builds: readonly BuiltFolder[], folder: string): Promise<void> {
  for (const { path, sha256 } of merged.files) {
    const build = builds.find(({ manifest }) => manifest.files.some((file) => file.path === path && file.sha256 === sha256));
    if (build === undefined) throw new Error(`no build has ${path}`);
    await linked(join(build.folder, path), join(folder, path));
  }
}

async function linked(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    // Another file system, or one without links; anything else fails once more, with its own reason.
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}
