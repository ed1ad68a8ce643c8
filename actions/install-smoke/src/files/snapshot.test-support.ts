import type { FileEntry } from './file-entry.ts';
import type { Account, Snapshot } from './snapshot.ts';

const entry: FileEntry = { type: 'f', mode: 0o644, owner: 0, group: 0, size: 1, disk: 4096, modified: '1.0', inode: '1', target: '' };

export const file = (more: Partial<FileEntry> = {}): FileEntry => ({ ...entry, ...more });
export const folder = (more: Partial<FileEntry> = {}): FileEntry => ({ ...entry, type: 'd', mode: 0o755, ...more });
export const link = (target: string): FileEntry => ({ ...entry, type: 'l', mode: 0o777, target });
export const account = (name: string, id: number, home = ''): Account => ({ name, id, home });

/** A small system; `entries` come on top of it, with the folders they need. */
export function snapshot(entries: Readonly<Record<string, FileEntry>> = {}, more: Partial<Snapshot> = {}): Snapshot {
  return {
    entries: withFolders({ ...system, ...entries }),
    users: [account('root', 0, '/root')],
    groups: [account('root', 0)],
    processes: [{ owner: 0, id: '1', program: '/usr/lib/systemd/systemd' }],
    mounts: new Set(['/', '/run']),
    units: new Set(),
    records: [{ kind: 'package', text: 'coreutils:amd64', paths: [] }],
    ...more,
  };
}

const system: Readonly<Record<string, FileEntry>> = {
  ...Object.fromEntries(
    ['/', '/etc', '/usr', '/usr/bin', '/usr/lib', '/usr/local', '/var', '/var/lib', '/var/log', '/run', '/tmp'].map((path) => [
      path,
      folder(),
    ]),
  ),
  '/bin': link('usr/bin'),
  '/lib': link('usr/lib'),
  '/etc/hosts': file({ digest: 'a'.repeat(64) }),
  '/etc/passwd': file({ digest: 'a'.repeat(64) }),
  '/usr/bin/env': file({ mode: 0o755 }),
};

function withFolders(entries: Readonly<Record<string, FileEntry>>): ReadonlyMap<string, FileEntry> {
  const all = new Map(Object.entries(entries));
  for (const path of Object.keys(entries)) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      if (!all.has(parent)) all.set(parent, folder());
    }
  }
  return all;
}
