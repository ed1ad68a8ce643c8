import { createHash } from 'node:crypto';
import type { Host } from '@release-kit/action';

/** What a folder held when it was put into the cache. */
export interface Inventory {
  /** Digest of each file's path, kind, size, time, mode, owner and target of a link. */
  readonly inventory: string;
  /**
   * Digest of the same and of the times at which the kernel last changed each file or anything about it, which no program can set:
   * inode(7), st_ctime. undefined in records that were made before it was kept.
   */
  readonly stamp: string | undefined;
}

/**
 * Looks at all that is in a folder, but not into the files, so that ten thousand take a twentieth of a second. Sizes of folders depend
 * on the file system, times of folders on who looked.
 */
export async function inventoryOf(host: Host, folder: string): Promise<Inventory & { readonly stamp: string }> {
  const files = ['-printf', '%P\\0%y\\0%s\\0%T@\\0%m\\0%U:%G\\0%l\\0%C@\\n'];
  const folders = ['-printf', '%P\\0d\\0%m\\0%U:%G\\n'];
  const { stdout } = await host.exec(['find', folder, '-mindepth', '1', '(', '-type', 'd', ...folders, ')', '-o', ...files], { cwd: '/' });
  const lines = stdout.split('\n');
  return { inventory: digestOf(lines.map((line) => line.replace(/\0\d+\.\d+$/, ''))), stamp: digestOf(lines) };
}

/**
 * Whether nothing of a folder was lost, cut short, put in or written to since: by a cleaner of disks, a kill at the wrong moment, or
 * a program that set the old time again. What the disk itself lost is for the file system to find.
 */
export async function isUnchanged(host: Host, folder: string, recorded: Inventory): Promise<boolean> {
  const { inventory, stamp } = await inventoryOf(host, folder);
  return inventory === recorded.inventory && (recorded.stamp === undefined || stamp === recorded.stamp);
}

const digestOf = (lines: readonly string[]): string => createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 32);
