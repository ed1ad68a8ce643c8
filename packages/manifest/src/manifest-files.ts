import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { digestFile, type FileDigest } from './digest.ts';
import { isPlainFileName } from './file-name.ts';
import type { FileKind, Manifest, ManifestFile } from './manifest.ts';

/** What is known of a file besides its bytes. */
export type FileFacts = Omit<ManifestFile, 'path' | 'size' | 'sha256'>;

/** Makes the entry of a file in `folder`: its size and digest, and the facts given. Throws E_NAME for a name that is not plain, E_MANIFEST when it is no file. */
export async function describeFile(folder: string, name: string, facts: FileFacts): Promise<ManifestFile> {
  if (!isPlainFileName(name)) throw new UserError('E_NAME', `"${inertLine(name)}" is not a plain file name`);
  const { kind, package: owner, version, architecture, distribution } = facts;
  const { size, sha256 } = await digestRegular(join(folder, name), name);
  return { kind, path: name, size, sha256, package: owner, version, architecture, distribution };
}

/**
 * Checks that every file of the manifest lies in `folder`, as a regular file with the announced size and digest.
 * Throws E_MANIFEST for a missing file or a link, E_DIGEST for other bytes.
 */
export async function verifyFiles(manifest: Manifest, folder: string): Promise<void> {
  for (const expected of manifest.files) {
    const file = join(folder, expected.path);
    const place = { file };
    const found = await digestRegular(file, expected.path);
    if (found.size !== expected.size)
      throw new UserError('E_DIGEST', `${expected.path} has ${found.size} bytes, the manifest says ${expected.size}`, { place });
    if (found.sha256 !== expected.sha256)
      throw new UserError('E_DIGEST', `${expected.path} has the SHA-256 ${found.sha256}, the manifest says ${expected.sha256}`, { place });
  }
}

async function digestRegular(file: string, name: string): Promise<FileDigest> {
  const place = { file };
  const stats = await lstat(file).catch((cause: unknown) => {
    throw new UserError('E_MANIFEST', `${name} is not there`, { place, cause });
  });
  if (!stats.isFile()) throw new UserError('E_MANIFEST', `${name} is not a regular file`, { place });
  return digestFile(file);
}

export interface FileFilter {
  readonly kind?: FileKind | undefined;
  readonly architecture?: string | undefined;
  readonly distribution?: string | undefined;
  readonly package?: string | undefined;
}

/** The files that match all that the filter names, in the order of the manifest. */
export function filesOf(manifest: Manifest, filter: FileFilter = {}): readonly ManifestFile[] {
  const { kind, architecture, distribution, package: owner } = filter;
  return manifest.files.filter(
    (file) =>
      (kind === undefined || file.kind === kind) &&
      (architecture === undefined || file.architecture === architecture) &&
      (distribution === undefined || file.distribution === distribution) &&
      (owner === undefined || file.package === owner),
  );
}
