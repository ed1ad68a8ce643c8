import { dirname } from 'node:path';
import type { Manifest } from './manifest.ts';
import { type DigestFiles, verifyFiles } from './manifest-files.ts';
import { readManifest } from './read-manifest.ts';

/**
 * What an action that takes over from another job begins with: the manifest is the one that was meant (`digest`, a SHA-256 in
 * hex; undefined when nobody said), and every file beside it is as it says (`digests`: see verifyFiles). Throws E_DIGEST and E_MANIFEST.
 */
export async function readVerified(file: string, digest: string | undefined, digests?: DigestFiles): Promise<Manifest> {
  const manifest = await readManifest(file, { digest });
  await verifyFiles(manifest, dirname(file), digests);
  return manifest;
}
