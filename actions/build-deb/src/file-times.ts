import { lstat, lutimes, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Raises the times of all that is older to `seconds`. dpkg-deb lowers later times to SOURCE_DATE_EPOCH, but keeps earlier ones, and these
 * depend on when a checkout was made: without this, an old checkout and a fresh one of the same commit give other bytes.
 */
export async function raiseTimes(folder: string, seconds: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await raiseTimes(path, seconds);
    await raise(path, seconds);
  }
}

async function raise(path: string, seconds: number): Promise<void> {
  if ((await lstat(path)).mtimeMs < seconds * 1000) await lutimes(path, seconds, seconds);
}
