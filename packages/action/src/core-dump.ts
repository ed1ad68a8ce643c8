import { readFile } from 'node:fs/promises';
import type { Host } from './host.ts';
import { reportError } from './report.ts';
import { codeOf } from './system-error.ts';

/**
 * Sees to it that a crash of this process leaves no picture of its memory on disk, as gpg does for itself. To be called before a secret
 * key is read. Where the limit is not 0 anyway and cannot be lowered, that is told.
 */
export async function forbidCoreDumps(host: Pick<Host, 'exec' | 'log'>): Promise<void> {
  if (coreLimit(await readFile('/proc/self/limits', 'utf8')) === '0') return;
  try {
    await host.exec(['prlimit', `--pid=${process.pid}`, '--core=0'], { timeout: 10_000 });
  } catch (error) {
    if (codeOf(error) === 'E_CANCELLED') throw error;
    host.log.warning(`A crash might leave the memory of this process, keys included, on disk: ${reportError(error).headline}`);
  }
}

/** The soft limit of what a crash writes, in bytes or `unlimited`; see proc(5), /proc/[pid]/limits. */
export function coreLimit(limits: string): string | undefined {
  return /^Max core file size\s+(\S+)/m.exec(limits)?.[1];
}
