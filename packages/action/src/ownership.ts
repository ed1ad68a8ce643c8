import { lchown, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { statusOf } from './path-status.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Who called sudo; undefined when nobody did. */
export function invokerOf(env: NodeJS.ProcessEnv): Owner | undefined {
  const [uid, gid] = ['SUDO_UID', 'SUDO_GID'].map((name) => (/^\d{1,10}$/.test(env[name] ?? '') ? Number(env[name]) : undefined));
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** The kernel's clock for files ticks more slowly than ours. */
const tickMilliseconds = 50;

/**
 * Gives what is root's below `folder` and was made or changed since then (milliseconds since 1970) to its owner. What was
 * root's before stays root's; links are not followed, other file systems not entered.
 */
export async function giveBack(folder: string, owner: Owner, since: number): Promise<void> {
  const top = await statusOf(folder);
  if (top === undefined) return;
  await give(folder);

  async function give(path: string): Promise<void> {
    const stat = await statusOf(path);
    if (stat === undefined || stat.dev !== top?.dev) return;
    if (stat.isDirectory()) for (const name of await readdir(path)) await give(join(path, name));
    if (stat.uid === 0 && stat.ctimeMs >= since - tickMilliseconds) await lchown(path, owner.uid, owner.gid);
  }
}
