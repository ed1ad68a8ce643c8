import { type FileEntry, modeText } from './file-entry.ts';
import type { Account, Snapshot } from './snapshot.ts';

/** What became of a path between two moments. */
export interface FileChange {
  readonly kind: 'added' | 'changed' | 'vanished';
  readonly path: string;
  /** What is different, in words; empty unless changed. */
  readonly how: string;
  /** How many more paths below it were added, or have vanished. */
  readonly below: number;
}

/** All differences but those of `ignored` paths, in order; what lies below a path that was added or has vanished is only counted. */
export function fileChanges(before: Snapshot, after: Snapshot, ignored: (path: string) => boolean): readonly FileChange[] {
  const added: string[] = [];
  const vanished: string[] = [];
  const changed: FileChange[] = [];
  for (const [path, now] of after.entries) {
    const then = before.entries.get(path);
    if (then === undefined) {
      if (!ignored(path)) added.push(path);
      continue;
    }
    const how = differenceOf(path, then, now, { before, after });
    if (how !== '' && !ignored(path)) changed.push({ kind: 'changed', path, how, below: 0 });
  }
  for (const path of before.entries.keys()) if (!after.entries.has(path) && !ignored(path)) vanished.push(path);
  const top = (kind: 'added' | 'vanished', paths: readonly string[]) =>
    topmost(paths.toSorted()).map(({ path, below }): FileChange => ({ kind, path, how: '', below }));
  return [...top('added', added), ...changed.sort((a, b) => (a.path < b.path ? -1 : 1)), ...top('vanished', vanished)];
}

/** Paths that do not lie below another one of the list, which must be sorted. */
export function topmost(paths: readonly string[]): readonly { readonly path: string; readonly below: number }[] {
  const tops: { path: string; below: number }[] = [];
  const known = new Map<string, { path: string; below: number }>();
  for (const path of paths) {
    const top = known.get(path.slice(0, path.lastIndexOf('/')));
    if (top === undefined) {
      const fresh = { path, below: 0 };
      tops.push(fresh);
      known.set(path, fresh);
    } else {
      top.below += 1;
      known.set(path, top);
    }
  }
  return tops;
}

/** Services write into these all the time, so that only what a file is and whose it is counts there. */
const written = /^\/(?:var|run|tmp)(\/|$)/;

const types: Readonly<Record<string, string>> = { f: 'a file', d: 'a folder', l: 'a link', p: 'a pipe', s: 'a socket' };

/** Empty when nothing is different that matters. Raw. */
function differenceOf(path: string, then: FileEntry, now: FileEntry, both: { before: Snapshot; after: Snapshot }): string {
  const word = ({ type }: FileEntry): string => types[type] ?? 'a device';
  if (then.type !== now.type) return `${word(then)} became ${word(now)}`;
  if (then.target !== now.target) return `leads to ${now.target}, not to ${then.target}`;
  if (now.type === 'l') return '';
  const parts = [
    ...(then.mode === now.mode ? [] : [`mode ${modeText(then)} became ${modeText(now)}`]),
    ...(then.owner === now.owner ? [] : [`owner ${nameOf(both.before.users, then.owner)} became ${nameOf(both.after.users, now.owner)}`]),
    ...(then.group === now.group ? [] : [`group ${nameOf(both.before.groups, then.group)} became ${nameOf(both.after.groups, now.group)}`]),
    ...(now.type === 'f' && !written.test(path) && !sameContent(then, now) ? ['its content changed'] : []),
  ];
  return parts.join(', ');
}

function sameContent(then: FileEntry, now: FileEntry): boolean {
  if (then.digest !== undefined && now.digest !== undefined) return then.digest === now.digest;
  return then.size === now.size && then.modified === now.modified;
}

/** The name of a number, or the number where there is none. */
export function nameOf(accounts: readonly Account[], id: number): string {
  return accounts.find((account) => account.id === id)?.name ?? String(id);
}
