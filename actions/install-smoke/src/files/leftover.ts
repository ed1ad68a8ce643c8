import type { Snapshot } from './snapshot.ts';

export type LeftoverKind = 'path' | 'changed' | 'vanished' | 'diversion' | 'process';

export interface Leftover {
  readonly kind: LeftoverKind;
  /** Path, line or command. Raw. */
  readonly what: string;
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

// What installing and removing any package changes: records of apt, dpkg and systemd, caches, and the account files.
const bookkeeping: readonly RegExp[] = [
  /^\/var\/lib\/dpkg(?!\/alternatives\/)(\/|$)/,
  /^\/var\/(?:lib|cache)\/apt(\/|$)/,
  /^\/var\/cache\/(?:debconf|ldconfig|man|fontconfig)(\/|$)/,
  /^\/var\/log\/(?:apt|journal)(\/|$)/,
  /^\/var\/log\/(?:dpkg\.log|alternatives\.log|lastlog|faillog|wtmp|btmp)$/,
  /^\/var\/lib\/systemd\/(?:catalog|timers|random-seed|coredump|credential\.secret|pstore)(\/|$)/,
  /^\/etc\/(?:passwd|group|shadow|gshadow|subuid|subgid)-?$/,
  /^\/etc\/(?:ld\.so\.cache|\.pwd\.lock|machine-id|mtab|resolv\.conf|\.updated|adjtime)$/,
  /^\/var\/\.updated$/,
  /\/__pycache__(\/|$)/,
  /^\/usr\/share\/info\/dir(\.old)?$/,
  /^\/usr\/share\/mime\//,
  /^\/usr\/share\/(?:applications\/mimeinfo\.cache|glib-2\.0\/schemas\/gschemas\.compiled|icons\/[^/]+\/icon-theme\.cache)$/,
];

const cures: readonly (readonly [RegExp, string])[] = [
  [
    /^\/(?:etc\/systemd\/system|var\/lib\/systemd\/deb-systemd-[^/]+)\//,
    'Let debhelper handle the unit (dh_installsystemd), or call deb-systemd-helper purge in postrm.',
  ],
  [/^\/(?:etc\/alternatives|var\/lib\/dpkg\/alternatives)\//, 'Call update-alternatives --remove in prerm.'],
  [/^\/var\/spool\/cron\/|^\/etc\/cron/, 'Remove the cron job in postrm when called with purge.'],
  [/^\/var\/log\//, 'Remove the logs in postrm when called with purge (Debian Policy 10.8).'],
  [/^\/etc\//, 'Ship the file as a conffile, or remove it in postrm when called with purge (Debian Policy 10.7).'],
];
const defaultCure = 'Remove it in postrm when called with purge.';

/** What is there after the purge and was not before the installation, or the other way round. */
export function leftoversOf(before: Snapshot, after: Snapshot): Leftovers {
  const relevant = [...new Set([...before.paths.keys(), ...after.paths.keys()])]
    .filter((path) => !bookkeeping.some((pattern) => pattern.test(path)))
    .sort();
  const added = relevant.filter((path) => !before.paths.has(path));
  const vanished = relevant.filter((path) => !after.paths.has(path));
  const changed = relevant.filter(
    (path) => before.paths.has(path) && after.paths.has(path) && before.paths.get(path) !== after.paths.get(path),
  );
  const newLines = [...after.diversions].filter((line) => !before.diversions.has(line));
  return {
    found: [
      ...topmost(added).map(({ path, below }) => ({ kind: 'path', what: path, below, cure: cureOf(path) }) as const),
      ...changed.map(
        (path) =>
          ({ kind: 'changed', what: path, below: 0, cure: 'Undo the change in postrm, or do not edit files of other packages.' }) as const,
      ),
      ...topmost(vanished).map(
        ({ path, below }) =>
          ({ kind: 'vanished', what: path, below, cure: 'The package removed what it did not bring; look at its scripts.' }) as const,
      ),
      ...newLines.map(
        (line) =>
          ({
            kind: 'diversion',
            what: line,
            below: 0,
            cure: 'Call dpkg-divert --remove or dpkg-statoverride --remove in postrm.',
          }) as const,
      ),
      ...strayProcesses(before, after).map(
        (what) => ({ kind: 'process', what, below: 0, cure: 'Stop it in prerm; debhelper does so for units it knows.' }) as const,
      ),
    ],
    accounts: [...namesAdded('user', before.users, after.users), ...namesAdded('group', before.groups, after.groups)],
    noted: [],
  };
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

function cureOf(path: string): string {
  return cures.find(([pattern]) => pattern.test(path))?.[1] ?? defaultCure;
}

/** Processes of owners that had none before: those of the package's own users. */
function strayProcesses(before: Snapshot, after: Snapshot): readonly string[] {
  const owners = new Set([...before.processes.map((process) => process.owner), ...before.users]);
  return after.processes.filter(({ owner }) => !owners.has(owner)).map(({ owner, command }) => `${command} of ${owner}`);
}

function namesAdded(kind: string, before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] {
  return [...after]
    .filter((name) => !before.has(name))
    .sort()
    .map((name) => `${kind} ${name}`);
}
