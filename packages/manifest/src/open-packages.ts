import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Host } from '@release-kit/action';
import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import type { Manifest } from './manifest.ts';
import type { DigestFiles } from './manifest-files.ts';
import { archiveIn, unpackFiles } from './package-archive.ts';
import { readVerified } from './verified-manifest.ts';

export const manifestName = 'manifest.json';

/** Verified packages, lying in a folder; what was unpacked for them is removed on disposal. */
export interface OpenedPackages extends AsyncDisposable {
  readonly manifest: Manifest;
  /** Absolute; holds the files of the manifest. */
  readonly folder: string;
  /** Absolute; what was named, or its folder: where the user looks for files. */
  readonly place: string;
}

/**
 * What an action that takes over from another job begins with. `path` (absolute) is a manifest beside its files, an archive as
 * build-deb uploads it, or the folder that holds one of both, as a downloaded artifact does. Every file is compared with the
 * manifest, and the manifest with `digest` (SHA-256 in hex; undefined when nobody said); `digests` reads the files (see verifyFiles). Throws E_MANIFEST and E_DIGEST.
 */
export async function openPackages(
  path: string,
  digest: string | undefined,
  host: Pick<Host, 'files'>,
  digests?: DigestFiles,
): Promise<OpenedPackages> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory() !== true)
    return path.endsWith('.tar') ? openArchive(path, digest, host, digests) : openManifest(path, digest, digests);
  const manifest = join(path, manifestName);
  if ((await stat(manifest).catch(() => undefined)) !== undefined) return openManifest(manifest, digest, digests);
  const archive = await archiveIn(path);
  if (archive === undefined)
    throw new UserError('E_MANIFEST', `${inertLine(basename(path))} holds neither ${manifestName} nor an archive of packages`, {
      place: { file: path },
      cure: 'Name the folder into which the artifact of build-deb was downloaded.',
    });
  return openArchive(archive, digest, host, digests);
}

async function openManifest(file: string, digest: string | undefined, digests?: DigestFiles): Promise<OpenedPackages> {
  const folder = dirname(file);
  return { manifest: await readVerified(file, digest, digests), folder, place: folder, [Symbol.asyncDispose]: async () => {} };
}

async function openArchive(
  archive: string,
  digest: string | undefined,
  host: Pick<Host, 'files'>,
  digests?: DigestFiles,
): Promise<OpenedPackages> {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await host.files.temporary('packages'));
  await unpackFiles(archive, folder);
  const manifest = await readVerified(join(folder, manifestName), digest, digests);
  const kept = stack.move();
  return { manifest, folder, place: dirname(archive), [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
