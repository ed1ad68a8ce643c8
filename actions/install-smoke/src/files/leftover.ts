import type { ManagerRecord } from '../package-manager.ts';
import { covers } from './allowance.ts';
import { isBookkeeping } from './bookkeeping.ts';
import { type FileChange, fileChanges, nameOf } from './file-change.ts';
import { cureOfAdded, cureOfChanged } from './leftover-cure.ts';
import type { Account, Snapshot } from './snapshot.ts';

export type LeftoverKind =
  | 'path'
  | 'changed'
  | 'vanished'
  | 'diversion'
  | 'override'
  | 'answer'
  | 'registry'
  | 'package'
  | 'unit'
  | 'mount'
  | 'process';

export interface Leftover {
  readonly kind: LeftoverKind;
  /** Path, line or command. Raw. */
  readonly what: string;
  /** What is different about it, or whose it is, where that is not plain. Raw. */
  readonly how?: string;
  /** How many paths lie below it. */
  readonly below: number;
  /** What most likely removes it. */
  readonly cure: string;
}

export interface Leftovers {
  /** What fails the check. */
  readonly found: readonly Leftover[];
  /** Users and groups: Debian lets packages keep them, as files elsewhere may belong to them. */
  readonly accounts: readonly string[];
  /** Shown, and fails nothing: what the configuration allows, and what the next boot takes away. */
  readonly noted: readonly Leftover[];
}

export const nothingLeft: Leftovers = { found: [], accounts: [], noted: [] };

export interface LeftoverRules {
  /** Paths of the package manager itself. */
  readonly managed: readonly RegExp[];
  /** Patterns of the configuration. */
  readonly allowed: readonly string[];
  /** Folders below /var of packages that are there still; what is new in them may be theirs. */
  readonly foreign: ReadonlySet<string>;
}

/** What is there after the purge and was not before the installation, or the other way round. */
export function leftoversOf(before: Snapshot, after: Snapshot, rules: LeftoverRules): Leftovers {
  const changes = fileChanges(before, after, (path) => isBookkeeping(path, rules.managed));
  const all: readonly Leftover[] = [
    ...changes.map((change) => ofChange(change, after)),
    ...ofRecords(before.records, after.records),
    ...[...after.units]
      .filter((unit) => !before.units.has(unit))
      .sort()
      .map((unit) => leftover('unit', unit, 'Stop the unit in prerm; debhelper does so for units it installs.')),
    ...[...after.mounts]
      .filter((place) => !before.mounts.has(place) && !/^\/(?:run|proc|sys|dev)(\/|$)/.test(place))
      .sort()
      .map((place) => leftover('mount', place, 'Unmount it in prerm.')),
    ...strayProcesses(before, after),
  ];
  const isOfRemoved = removedPackages(before.records, after.records).length > 0;
  const noted = all.filter((each) => isNoted(each, rules) || (isOfRemoved && isOfOthers(each)));
  return {
    found: all.filter((each) => !noted.includes(each)),
    accounts: [...namesAdded('user', before.users, after.users), ...namesAdded('group', before.groups, after.groups)],
    noted,
  };
}

function leftover(kind: LeftoverKind, what: string, cure: string, how = '', below = 0): Leftover {
  return { kind, what, below, cure, ...(how === '' ? {} : { how }) };
}

// Debian Policy 11.6: whichever mail program comes first makes them, and they are of none.
const sharedByPolicy = /^\/etc\/(?:mailname|aliases|aliases\.db)$/;

/**
 * /run is made anew by a boot; a unit that failed is forgotten by then as well. A folder there that several name goes with the first
 * service that ends (RuntimeDirectory= of systemd.exec(5)).
 */
function isNoted({ kind, what }: Leftover, { allowed, foreign }: LeftoverRules): boolean {
  if (covers(allowed, what)) return true;
  if (kind === 'unit') return true;
  if ((kind === 'path' || kind === 'vanished') && what.startsWith('/run/')) return true;
  return kind === 'path' && (sharedByPolicy.test(what) || foreign.has(what.slice(0, what.lastIndexOf('/'))));
}

/**
 * What vanished with packages that apt removed along: those that need the packages, or conflict with them. Which file was of which is
 * no longer known.
 */
const isOfOthers = ({ kind }: Leftover): boolean => kind === 'changed' || kind === 'vanished' || kind === 'package';

/** Names of packages that were installed, and are no longer. */
export function removedPackages(before: readonly ManagerRecord[], after: readonly ManagerRecord[]): readonly string[] {
  const still = new Set(after.flatMap(({ kind, text }) => (kind === 'package' ? [text] : [])));
  return before.flatMap(({ kind, text }) => (kind === 'package' && !still.has(text) ? [text] : []));
}

function ofChange({ kind, path, how, below }: FileChange, after: Snapshot): Leftover {
  if (kind === 'changed') return leftover('changed', path, cureOfChanged(path), how);
  if (kind === 'vanished') return leftover('vanished', path, 'The package removed what it did not bring; look at its scripts.', '', below);
  const owner = after.entries.get(path)?.owner;
  const whose = owner === undefined || owner === 0 ? '' : `of ${nameOf(after.users, owner)}`;
  const orphaned = owner !== undefined && !after.users.some(({ id }) => id === owner);
  return leftover('path', path, cureOfAdded(path), orphaned ? `of a user that is gone, number ${owner}` : whose, below);
}

const recordKinds = {
  unfinished: ['package', 'Look at what dpkg said while it purged.'],
  diversion: ['diversion', 'Call dpkg-divert --remove in postrm, with the same --package as when it was added.'],
  override: ['override', 'Call dpkg-statoverride --remove in postrm when called with purge.'],
  answer: ['answer', 'Call db_purge in postrm when called with purge (debconf-devel(7)); dh_installdebconf adds it.'],
  file: ['registry', 'Call ucf --purge and ucfr --purge in postrm when called with purge (ucf(1)).'],
} as const satisfies Record<Exclude<ManagerRecord['kind'], 'package'>, readonly [LeftoverKind, string]>;

function ofRecords(before: readonly ManagerRecord[], after: readonly ManagerRecord[]): readonly Leftover[] {
  const key = ({ kind, text }: ManagerRecord): string => `${kind} ${text}`;
  const known = new Set(before.map(key));
  return [
    ...after.flatMap((record) => {
      if (record.kind === 'package' || known.has(key(record))) return [];
      const [kind, cure] = recordKinds[record.kind];
      return [leftover(kind, record.text, cure)];
    }),
    ...removedPackages(before, after).map((name) =>
      leftover('vanished', name, 'The packages removed another one; look at Conflicts in debian/control.'),
    ),
  ];
}

/** Processes whose program is gone, and those of owners that had none before: of the package's own users. */
function strayProcesses(before: Snapshot, after: Snapshot): readonly Leftover[] {
  const owners = new Set([...before.processes.map((process) => process.owner), ...before.users.map(({ id }) => id)]);
  const known = new Set(before.processes.map(({ id, program }) => `${id} ${program}`));
  return after.processes
    .filter(({ id, owner, program }) => !owners.has(owner) || (program.endsWith(' (deleted)') && !known.has(`${id} ${program}`)))
    .map(({ owner, program }) =>
      leftover(
        'process',
        program.replace(/ \(deleted\)$/, ''),
        'Stop it in prerm; debhelper does so for units it knows.',
        `of ${nameOf(after.users, owner)}`,
      ),
    );
}

function namesAdded(kind: string, before: readonly Account[], after: readonly Account[]): readonly string[] {
  const known = new Set(before.map(({ name }) => name));
  return after
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => `${kind} ${name}`)
    .sort();
}
