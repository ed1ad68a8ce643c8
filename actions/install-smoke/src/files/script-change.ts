import type { PackedPath } from '../package-manager.ts';
import { nameOf } from './file-change.ts';
import { modeText } from './file-entry.ts';
import { destinationOf } from './path-tree.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the maintainer scripts made of modes and owners, as `/var/lib/hello 0750 hello:hello`; that is their right (Debian Policy 10.9).
 * Folders that were there before are left as they were. Raw.
 */
export function changedByScripts(packed: readonly PackedPath[], before: Snapshot, now: Snapshot): readonly string[] {
  const found = packed.flatMap(({ path, mode, owner, group }) => {
    const at = destinationOf(now.entries, path, 'kept');
    if (at.kind !== 'found' || at.entry.type === 'l' || (at.entry.type === 'd' && before.entries.has(at.path))) return [];
    const owners = `${nameOf(now.users, at.entry.owner)}:${nameOf(now.groups, at.entry.group)}`;
    const same = at.entry.mode === mode && owners === `${owner}:${group}`;
    return same ? [] : [`${path} ${modeText(at.entry)} ${owners}`];
  });
  return [...new Set(found)].sort();
}
