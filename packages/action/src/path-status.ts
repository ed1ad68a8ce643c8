import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { codeOf } from './system-error.ts';

/** What is at this path, a link itself and not what it leads to; undefined when nothing is there. */
export async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
