import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './errors.ts';
import { inertLine } from './inert.ts';
import { statusOf } from './path-status.ts';
import { codeOf } from './system-error.ts';
import { storing } from './whole-file.ts';

/**
 * Makes the folders `names`, one in the other, below `root` (absolute; made as well), and returns the path of the last. We may be root, and a
 * checkout of strangers may hold links where we write, so nothing below `root` is followed. Throws E_PATH for a link or a file in the way, and as `storageError`.
 */
export async function innerFolder(root: string, ...names: readonly string[]): Promise<string> {
  await storing(root, () => mkdir(root, { recursive: true }));
  let at = root;
  for (const name of names) {
    at = join(at, name);
    await made(at);
  }
  return at;
}

async function made(path: string): Promise<void> {
  await storing(path, async () => {
    await mkdir(path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  });
  if ((await statusOf(path))?.isDirectory() === true) return;
  throw new UserError('E_PATH', `${inertLine(path)} has to be a folder, and is a link or a file`, {
    cure: 'Remove it, or name another folder.',
  });
}
