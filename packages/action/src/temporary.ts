import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemporaryFolder } from './host.ts';

/** Every temporary folder's name starts so; what a killed run left is found by it. */
export const temporaryPrefix = 'release-kit-';

/** A new folder under `root`, mode 0700; removed with all it holds when disposed of. */
export async function temporaryFolder(root: string, name: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(root, `${temporaryPrefix}${name}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
