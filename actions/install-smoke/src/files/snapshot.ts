import type { BootedMachine } from '@release-kit/machine';
import type { ManagerRecord } from '../package-manager.ts';
import type { Session } from '../session.ts';
import { type Entries, entryFormat, readEntries, recordsOf } from './file-entry.ts';

/** A line of passwd(5) or group(5). */
export interface Account {
  readonly name: string;
  readonly id: number;
  /** Of a user, else empty. */
  readonly home: string;
}

export interface Process {
  /** Number of its user. */
  readonly owner: number;
  readonly id: string;
  /** Path of its program; the kernel puts ` (deleted)` after one that is gone. Raw. */
  readonly program: string;
}

/** All that packages can change, at one moment. */
export interface Snapshot {
  readonly entries: Entries;
  readonly users: readonly Account[];
  readonly groups: readonly Account[];
  readonly processes: readonly Process[];
  /** Where file systems are mounted. */
  readonly mounts: ReadonlySet<string>;
  /** Units that systemd remembers as failed. */
  readonly units: ReadonlySet<string>;
  /** What the package manager remembers. */
  readonly records: readonly ManagerRecord[];
}

// The kernel's own, and ours. /run and /tmp may be file systems of their own, and are looked at all the same.
const outside = ['/proc', '/sys', '/dev', '/srv/smoke', '/run/systemd', '/run/user', '/run/credentials'];

// One pass over the tree, and one command: each costs the time of a unit. Files of the kernel and of services come and go meanwhile.
const script = `set -e
find / /run /tmp -ignore_readdir_race -xdev '(' ${outside.map((path) => `-path ${path}`).join(' -o ')} ')' -prune -o -printf '${entryFormat}'
printf '\\0'
find /etc -ignore_readdir_race -xdev -type f -exec sha256sum --zero -- {} + 2>/dev/null || true
printf '\\0'
cat /etc/passwd
printf '\\0'
cat /etc/group
printf '\\0'
find /proc -maxdepth 2 -path '/proc/[0-9]*/exe' -printf '%U\\t%p\\0%l\\0' 2>/dev/null || true
printf '\\0'
cut -d ' ' -f 2 /proc/1/mounts
printf '\\0'
systemctl list-units --all --plain --no-legend --full --state=failed
printf '\\0'`;

/** Looks at the whole file system of the machine, its accounts, processes, mounts and units, and at what its package manager remembers. */
export async function takeSnapshot({ machine, run, manager }: Pick<Session, 'machine' | 'run' | 'manager'>): Promise<Snapshot> {
  const [listing, records] = await Promise.all([listingOf(machine), manager.records(run)]);
  return { ...parseListing(listing), records };
}

async function listingOf(machine: BootedMachine): Promise<string> {
  return (await machine.run(['/bin/sh', '-c', script], { timeout: 300_000, env: { LC_ALL: 'C.UTF-8' } })).stdout;
}

/** Reads what the script printed. Throws E_MACHINE. */
export function parseListing(text: string): Omit<Snapshot, 'records'> {
  const records = recordsOf(text);
  return {
    entries: readEntries(records),
    users: accountsOf(records.next()),
    groups: accountsOf(records.next()),
    processes: [...records.groups(2)].flatMap(([head = '', program = '']) => processOf(head, program)),
    mounts: new Set(linesOf(records.next())),
    // The first word; before systemd 253 a failed unit has a dot before it, even in plain lists.
    units: new Set(linesOf(records.next()).map((line) => line.replace(/^[●*\s]+/, '').split(/\s/)[0] ?? '')),
  };
}

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

function accountsOf(text: string): readonly Account[] {
  return linesOf(text).flatMap((line) => {
    const [name = '', , id = '', , , home = ''] = line.split(':');
    return /^\d+$/.test(id) ? [{ name, id: Number(id), home }] : [];
  });
}

/** `UID TAB /proc/PID/exe`; a thread of the kernel has no program. */
function processOf(head: string, program: string): readonly Process[] {
  const [, owner, id] = /^(\d+)\t\/proc\/(\d+)\/exe$/.exec(head) ?? [];
  return owner === undefined || id === undefined || program === '' ? [] : [{ owner: Number(owner), id, program }];
}
