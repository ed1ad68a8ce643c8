import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemporaryFolder } from '@release-kit/action';

/** Milliseconds. Nothing is in the making for so long. */
const abandonedAfter = 24 * 60 * 60_000;

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

/** Removes what killed runs left unfinished, and what nobody has asked for since. */
export async function removeAbandoned(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('new-')) continue;
    const changed = await stat(join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => now, // finished just now
    );
    if (now - changed > abandonedAfter) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
