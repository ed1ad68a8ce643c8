import { UserError } from '@release-kit/action';
import type { MachineRun, ManagerRecord } from '../package-manager.ts';

/** Records and caches of apt, dpkg, debconf and ucf. Their alternatives are none: packages make them, and have to remove them. */
export const ownFiles: readonly RegExp[] = [
  /^\/var\/lib\/dpkg(?!\/alternatives\/)(\/|$)/,
  /^\/var\/(?:lib|cache)\/apt(\/|$)/,
  /^\/var\/cache\/(?:debconf|apt-show-versions|dictionaries-common)(\/|$)/,
  /^\/var\/log\/apt(\/|$)/,
  /^\/var\/log\/(?:dpkg|alternatives)\.log$/,
  // The daily timer of dpkg copies its records.
  /^\/var\/backups\/(?:dpkg|apt|alternatives)\./,
  /^\/var\/lib\/ucf(\/|$)/,
];

// debconf keeps passwords in a file of their own; of the others only names and owners are read.
const script = `set -e
export LC_ALL=C.UTF-8
dpkg-query --show --showformat='\${db:Status-Abbrev}\${Package}:\${Architecture}\\n'
printf '\\0'
dpkg-divert --list
printf '\\0'
dpkg-statoverride --list || test $? = 1
printf '\\0'
cat /var/cache/debconf/config.dat 2>/dev/null | sed -n '/^Name: /p;/^Owners: /p'
printf '\\0'
cat /var/lib/ucf/hashfile 2>/dev/null || true
printf '\\0'`;

/** What dpkg, debconf and ucf remember of the packages of a system. */
export async function recordsOf(run: MachineRun): Promise<readonly ManagerRecord[]> {
  const { exitCode, stdout, stderr } = await run(['/bin/sh', '-c', script], { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } });
  if (exitCode !== 0) throw new UserError('E_MACHINE', 'dpkg does not say what it remembers', { cause: stderr });
  return parseRecords(stdout);
}

/** Reads what the script printed: five parts, each ended by a NUL. Throws E_MACHINE. */
export function parseRecords(text: string): readonly ManagerRecord[] {
  const parts = text.split('\0').map((part) => part.split('\n').filter((line) => line !== ''));
  const [packages, diversions, overrides, answers, registry, rest] = parts;
  if (!packages || !diversions || !overrides || !answers || !registry || rest === undefined || parts.length !== 6)
    throw new UserError('E_MACHINE', 'the records of dpkg cannot be read: not all of them are there');
  return [
    ...packages.flatMap(packageOf),
    ...diversions.map((line) => ({ kind: 'diversion', text: line, paths: pathsOfDiversion(line) }) as const),
    ...overrides.map((line) => ({ kind: 'override', text: line, paths: pathsAfter(line) }) as const),
    ...ownedAnswers(answers),
    ...registry.map((line) => ({ kind: 'file', text: line.replace(/^\S+\s+/, ''), paths: pathsAfter(line) }) as const),
  ];
}

/** `ii hello:amd64`: three letters of what is wanted, what is, and whether it is broken; dpkg-query(1). */
function packageOf(line: string): readonly ManagerRecord[] {
  const [, state = '', name = ''] = /^(...)(.*)$/.exec(line) ?? [];
  if (state.startsWith('un') || state[1] === 'n') return [];
  if (state[1] === 'i') return [{ kind: 'package', text: name, paths: [] }];
  return [{ kind: 'unfinished', text: `${name} is ${states[state[1] ?? ''] ?? `in the state ${state.trim()}`}`, paths: [] }];
}

const states: Readonly<Record<string, string>> = {
  c: 'removed, and not purged',
  H: 'half installed',
  U: 'unpacked, and not configured',
  F: 'half configured',
  W: 'waiting for triggers',
  t: 'waiting for its triggers to be run',
};

/** The path that ends a line. */
const pathsAfter = (line: string): readonly string[] => (line.includes('/') ? [line.slice(line.indexOf('/'))] : []);

/** `diversion of A to B by PACKAGE`, `local diversion of A to B`; both paths, split where both are paths. */
function pathsOfDiversion(line: string): readonly string[] {
  const [, from, to] = /^(?:local )?diversion of (\/.*?) to (\/.*?)(?: by \S+)?$/.exec(line) ?? [];
  return [from, to].filter((path) => path !== undefined);
}

/** Lines of `Name: x` and `Owners: a, b` in turns; a name that nobody owns has no second line. */
function ownedAnswers(lines: readonly string[]): readonly ManagerRecord[] {
  const found: ManagerRecord[] = [];
  let name = '';
  for (const line of lines) {
    if (line.startsWith('Name: ')) name = line.slice('Name: '.length);
    else if (name !== '') found.push({ kind: 'answer', text: `${name} of ${line.replace(/^Owners: /, '')}`, paths: [] });
  }
  return found;
}
