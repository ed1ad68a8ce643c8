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
 * Checks that every file of the manifest lies in `folder`, as a regular file with the announced size and digest. `digests` reads the
 * files (absolute paths) and answers in their order; who wants more of the same reading than a SHA-256 hands over a function of his own.
 * Throws E_MANIFEST for a missing file or a link, E_DIGEST for other bytes.
 */
export async function verifyFiles(manifest: Manifest, folder: string, digests: DigestFiles = digestOneByOne): Promise<void> {
  const files = manifest.files.map(({ path }) => join(folder, path));
  for (const [index, { path }] of manifest.files.entries()) await checkRegular(files[index] ?? '', path);
  const found = await digests(files);
  for (const [index, { path, size, sha256 }] of manifest.files.entries()) {
    const place = { file: join(folder, path) };
    const is = found[index];
    if (is?.size !== size) throw new UserError('E_DIGEST', `${path} has ${is?.size} bytes, the manifest says ${size}`, { place });
    if (is.sha256 !== sha256)
      throw new UserError('E_DIGEST', `${path} has the SHA-256 ${is.sha256}, the manifest says ${sha256}`, { place });
  }
}

/** Reads files (absolute paths) and answers in their order. */
export type DigestFiles = (files: readonly string[]) => Promise<readonly FileDigest[]>;

async function digestOneByOne(files: readonly string[]): Promise<readonly FileDigest[]> {
  const digests: FileDigest[] = [];
  for (const file of files) digests.push(await digestFile(file));
  return digests;
}

async function digestRegular(file: string, name: string): Promise<FileDigest> {
  await checkRegular(file, name);
  return digestFile(file);
}

async function checkRegular(file: string, name: string): Promise<void> {
  const place = { file };
  const stats = await lstat(file).catch((cause: unknown) => {
    throw new UserError('E_MANIFEST', `${name} is not there`, { place, cause });
  });
  if (!stats.isFile()) throw new UserError('E_MANIFEST', `${name} is not a regular file`, { place });
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
