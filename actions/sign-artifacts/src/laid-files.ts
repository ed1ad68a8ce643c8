import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { Manifest } from '@release-kit/manifest';
import { layFile } from './signed-folder.ts';

/** Lays the files of a manifest from one folder (absolute) into another; returns the manifest of what lies there. */
export async function layFiles(manifest: Manifest, from: string, to: string, host: Pick<Host, 'signal'>): Promise<Manifest> {
  for (const { path } of manifest.files) {
    host.signal.throwIfAborted();
    await layFile(join(from, path), join(to, path));
  }
  return manifest;
}
