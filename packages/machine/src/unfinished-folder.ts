import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemporaryFolder } from '@release-kit/action';

/**
 * A folder of the cache in which something is made before it gets its final name. Only the holder of the lock has it; what is there
 * already was left by a run that was killed.
 */
export async function unfinishedFolder(folder: string, key: string): Promise<TemporaryFolder> {
  const path = join(folder, `new-${key}`);
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 10 }); // what was killed may still write
  await remove();
  await mkdir(path);
  return { path, [Symbol.asyncDispose]: remove };
}
