import type { BootedMachine } from '@release-kit/machine';
import type { Session } from '../session.ts';

/** What can be left behind, at one moment. */
export interface Snapshot {
  /** Absolute path -> type as find prints it (`f`, `d`, `l`, …), digest or target where one is kept. */
  readonly paths: ReadonlyMap<string, string>;
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** Lines of dpkg-divert and dpkg-statoverride. */
  readonly diversions: ReadonlySet<string>;
  /** Owners of running processes, by name where there is one, with the command. */
  readonly processes: readonly { readonly owner: string; readonly command: string }[];
}

// Not files of packages: the kernel's, run-time, and our own.
const outside = ['/proc', '/sys', '/dev', '/run', '/tmp', '/var/tmp', '/srv/smoke'];

/** Looks at the whole file system of the machine, its users, diversions and processes. */
export async function takeSnapshot({ machine }: Pick<Session, 'machine' | 'run' | 'manager'>): Promise<Snapshot> {
  const prune = outside.flatMap((path, index) => [...(index === 0 ? [] : ['-o']), '-path', path]);
  const find = ['find', '/', '-xdev', '(', ...prune, ')', '-prune', '-o', '-printf', '%y\\t%l\\t%p\\0'] as const;
  const listing = await text(machine, [...find]);
  const digests = await text(machine, ['find', '/etc', '-xdev', '-type', 'f', '-exec', 'sha256sum', '--zero', '--', '{}', '+']);
  const diversions = await text(machine, ['dpkg-divert', '--list']);
  const overrides = await text(machine, ['dpkg-statoverride', '--list'], [0, 1]);
  return {
    paths: parsePaths(listing, digests),
    users: firstFields(await text(machine, ['getent', 'passwd'])),
    groups: firstFields(await text(machine, ['getent', 'group'])),
    diversions: new Set(`${diversions}\n${overrides}`.split('\n').filter((line) => line !== '')),
    processes: parseProcesses(
      await text(machine, ['find', '/proc', '-maxdepth', '2', '-path', '/proc/[0-9]*/exe', '-printf', '%u\\t%l\\0'], 'any'),
    ),
  };
}

async function text(machine: BootedMachine, argv: readonly [string, ...string[]], allow: readonly number[] | 'any' = [0]): Promise<string> {
  return (await machine.run(argv, { allow, timeout: 120_000 })).stdout;
}

/** Reads `type TAB target TAB path NUL …` and `digest SPACE SPACE path NUL …`. */
export function parsePaths(listing: string, digests: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const record of listing.split('\0')) {
    const [type = '', target = '', ...rest] = record.split('\t');
    const path = rest.join('\t');
    if (path !== '') paths.set(path, target === '' ? type : `${type} ${target}`);
  }
  for (const record of digests.split('\0')) {
    const match = /^([0-9a-f]{64}) [ *](\/.*)$/s.exec(record);
    if (match?.[2] !== undefined) paths.set(match[2], `f ${match[1] ?? ''}`);
  }
  return paths;
}

function firstFields(lines: string): ReadonlySet<string> {
  return new Set(
    lines
      .split('\n')
      .map((line) => line.split(':')[0] ?? '')
      .filter((name) => name !== ''),
  );
}

function parseProcesses(records: string): Snapshot['processes'] {
  return records
    .split('\0')
    .filter((record) => record !== '')
    .map((record) => {
      const [owner = '', command = ''] = record.split('\t');
      return { owner, command };
    });
}
