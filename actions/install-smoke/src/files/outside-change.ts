import type { MachineRun, PackageManager } from '../package-manager.ts';
import { isBookkeeping } from './bookkeeping.ts';
import { type FileChange, fileChanges } from './file-change.ts';
import type { FileFault } from './file-rules.ts';
import { removedPackages } from './leftover.ts';
import type { IsOwn } from './own-places.ts';
import type { Snapshot } from './snapshot.ts';

/** How many owners are asked for: each is an argument. */
const mostAsked = 200;

/** What the installation, or the services since, changed that is not the packages' own. */
export async function outsideFaults(
  { manager, run }: { readonly manager: Pick<PackageManager, 'ownFiles' | 'ownersOf'>; readonly run: MachineRun },
  before: Snapshot,
  now: Snapshot,
  isOwn: IsOwn,
  isNamed: (path: string) => boolean,
): Promise<readonly FileFault[]> {
  // What is in /run and /tmp belongs to whoever runs; what stays there is told after the purge.
  const ignored = (path: string): boolean =>
    isBookkeeping(path, manager.ownFiles) || /^\/(?:run|tmp|var\/tmp)(\/|$)/.test(path) || isOwn(path);
  const changes = fileChanges(before, now, ignored).filter((change) => !isPlaceForLocal(change, now));
  // Folders belong to many.
  const asked = changes.filter(({ kind, path }) => kind !== 'added' && before.entries.get(path)?.type !== 'd').slice(0, mostAsked);
  const owners = await manager.ownersOf(
    run,
    asked.map(({ path }) => path),
  );
  // What a dependency generates for all packages of a family, such as /etc/apt/apt.conf.d/02autoremove-postgresql, is of nobody.
  const told = changes.filter(({ kind, path }) => kind !== 'changed' || owners.has(path) || !isNamed(path));
  const removed = removedPackages(before.records, now.records);
  // Their files went with them, and nobody knows any more which those were.
  const level = removed.length > 0 ? 'warning' : 'error';
  return [
    ...told.map((change) => faultOfChange(change, owners.get(change.path), change.kind === 'added' ? 'error' : level)),
    ...diversionFaults(before, now),
    ...removed.map(faultOfRemoval),
    ...userFaults(before, now),
  ];
}

/** Scripts may make empty folders for what an administrator puts there (Debian Policy 9.1.2). */
function isPlaceForLocal({ kind, path, below }: FileChange, now: Snapshot): boolean {
  return kind === 'added' && below === 0 && path.startsWith('/usr/local/') && now.entries.get(path)?.type === 'd';
}

function faultOfChange({ kind, path, how, below }: FileChange, owner: string | undefined, level: FileFault['level']): FileFault {
  const whose = owner === undefined ? '' : ` (it belongs to ${owner})`;
  const more = below === 0 ? '' : `, with ${below} below it`;
  const said = { added: `it is new, and in no package${more}`, changed: `${how}${whose}`, vanished: `it is gone${more}${whose}` } as const;
  return { category: 'changed-outside', level, path, how: said[kind], cure: cureOf(kind, path) };
}

function cureOf(kind: FileChange['kind'], path: string): string {
  if (kind === 'added' && path.startsWith('/usr/'))
    return 'Ship the file in the package, or make it in /var: /usr may be read-only. List it in smoke.allow.changes when it has to be.';
  if (kind === 'added') return "Keep to places of the package's own name, or list it in smoke.allow.changes when it has to be.";
  return 'Do not edit what belongs to others: use a folder for fragments (*.d), a diversion or a trigger; list it in smoke.allow.changes when it has to be.';
}

/** A diversion of nobody survives the package that made it; dpkg-divert(1), `--package`. */
function diversionFaults(before: Snapshot, now: Snapshot): readonly FileFault[] {
  const known = new Set(before.records.map(({ text }) => text));
  return now.records
    .filter(({ kind, text }) => kind === 'diversion' && text.startsWith('local ') && !known.has(text))
    .map(({ paths: [path = ''], text }) => ({
      category: 'changed-outside',
      level: 'error',
      path,
      how: `a script made a ${text}`,
      cure: 'Call dpkg-divert with --package in preinst; without it the diversion is for administrators.',
    }));
}

function faultOfRemoval(name: string): FileFault {
  return {
    ...{ category: 'changed-outside', level: 'warning', path: name },
    how: 'this package was installed, and installing removed it',
    cure: 'Look at Conflicts and Breaks in debian/control, if that is not meant.',
  };
}

/** Debian Policy 9.2.2: the numbers of people begin at 1000; those of DynamicUser= are above 60000. */
function userFaults(before: Snapshot, now: Snapshot): readonly FileFault[] {
  return now.users
    .filter(({ name, id }) => id >= 1000 && id < 60000 && !before.users.some((user) => user.name === name))
    .map(({ name, id }) => ({
      ...{ category: 'changed-outside', level: 'error', path: `user ${name}` },
      how: `it has the number ${id}, which is for people`,
      cure: 'Make users of services with adduser --system, or in a file of sysusers.d.',
    }));
}
