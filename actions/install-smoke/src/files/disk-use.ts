import { isBookkeeping } from './bookkeeping.ts';
import type { Snapshot } from './snapshot.ts';

/** Bytes on disk that came since; records of the package manager, logs of the system and what is in memory do not count. */
export function addedBytes(before: Snapshot, now: Snapshot, managed: readonly RegExp[]): number {
  return Math.max(0, bytesOf(now, managed) - bytesOf(before, managed));
}

function bytesOf({ entries }: Snapshot, managed: readonly RegExp[]): number {
  const counted = new Set<string>();
  let bytes = 0;
  for (const [path, { type, inode, modified, size, disk }] of entries) {
    if (disk === 0 || /^\/(?:run|tmp)(\/|$)/.test(path) || isBookkeeping(path, managed)) continue;
    // A file with several names counts once. In an overlay, numbers are of the layer a file is in, so that one number may be two files.
    const key = `${inode} ${modified} ${size}`;
    if (type === 'f' && counted.has(key)) continue;
    counted.add(key);
    bytes += disk;
  }
  return bytes;
}
