import type { Category } from '../category.ts';
import { nameOf } from './file-change.ts';
import { modeText } from './file-entry.ts';
import type { PackagedFile } from './packaged-file.ts';
import { destinationOf } from './path-tree.ts';
import type { Snapshot } from './snapshot.ts';

/** What is wrong with a path. */
export interface FileFault {
  readonly category: Category;
  readonly level: 'error' | 'warning';
  /** A path as packaged; the name of a package or of a user where it is about one. Raw. */
  readonly path: string;
  /** In words. Raw. */
  readonly how: string;
  readonly cure: string;
}

type Rule = (file: PackagedFile, now: Snapshot) => Omit<FileFault, 'path'> | undefined;

const inUsr = /^\/(?:usr|bin|sbin|lib|lib32|lib64|libx32)(\/|$)/;
const setModeInRules = 'Set its mode in debian/rules, in execute_after_dh_fixperms.';
const fault = (category: Category, how: string, cure: string, level: FileFault['level'] = 'error') => ({ category, level, how, cure });

const isFile = ({ entry }: PackagedFile): boolean => entry?.type === 'f';
const isFolder = ({ entry }: PackagedFile): boolean => entry?.type === 'd';
const has = ({ entry }: PackagedFile, bits: number): boolean => entry !== undefined && entry.type !== 'l' && (entry.mode & bits) !== 0;
const shown = ({ entry }: PackagedFile): string => (entry === undefined ? '' : `mode ${modeText(entry)}`);

/** Debian Policy 10.9. */
const everyoneWrites: Rule = (file) =>
  has(file, 0o002) && !(isFolder(file) && has(file, 0o1000))
    ? fault('wrong-mode', `everyone may write it (${shown(file)})`, setModeInRules)
    : undefined;

/** Policy lets a group write to folders that are setgid. In /etc it may be meant. */
const groupWrites: Rule = (file, { groups }) => {
  const { entry, real } = file;
  if (entry === undefined || !has(file, 0o020) || has(file, 0o002) || (isFolder(file) && has(file, 0o2000))) return undefined;
  const how = `the group ${nameOf(groups, entry.group)} may write it (${shown(file)})`;
  if (inUsr.test(real)) return fault('wrong-mode', how, setModeInRules);
  return real.startsWith('/etc/') ? fault('wrong-mode', how, setModeInRules, 'warning') : undefined;
};

/** Nobody but root may change programs and what they load; Debian Policy 10.9. */
const ownedByOthers: Rule = (file, { users }) =>
  file.entry !== undefined && file.entry.owner !== 0 && inUsr.test(file.real) && !has(file, 0o4000)
    ? fault(
        'wrong-mode',
        `it belongs to ${nameOf(users, file.entry.owner)}`,
        'Let root own what is in /usr: build as fakeroot or with Rules-Requires-Root: no, and change no owner in postinst.',
      )
    : undefined;

const isProgramFolder = /^\/(?:usr\/)?(?:bin|sbin|games)\/[^/]+$/;
const notExecutable: Rule = (file) =>
  isFile(file) && isProgramFolder.test(file.real) && !has(file, 0o111)
    ? fault('wrong-mode', `it is in a folder of programs, and nobody may run it (${shown(file)})`, setModeInRules)
    : undefined;

/** Policy 10.9: everyone may read what is in /usr; a file of a group of its own may have a reason. */
const notReadable: Rule = (file, { users }) =>
  file.entry !== undefined &&
  file.entry.type !== 'l' &&
  inUsr.test(file.real) &&
  file.entry.group === 0 &&
  !has(file, 0o6000) &&
  (!has(file, 0o004) || (isFolder(file) && !has(file, 0o001)))
    ? fault('wrong-mode', `only ${nameOf(users, file.entry.owner)} may read it (${shown(file)})`, setModeInRules, 'warning')
    : undefined;

const privileged: Rule = (file, { users, groups }) => {
  const { entry, capabilities } = file;
  if (entry === undefined || !isFile(file)) return undefined;
  const powers = [
    ...(has(file, 0o4000) ? [`it runs as the user ${nameOf(users, entry.owner)}`] : []),
    ...(has(file, 0o2000) ? [`it runs as the group ${nameOf(groups, entry.group)}`] : []),
    ...(capabilities.length > 0 ? [`it has ${capabilities.join(', ')}`] : []),
  ];
  if (powers.length === 0) return undefined;
  return fault('privileged-file', `${powers.join(', ')} (${shown(file)})`, `List ${file.path} in smoke.allow.modes when it has to be so.`);
};

// Debian Policy 9.1, and the standard it names (FHS 3.0).
const places: readonly (readonly [RegExp, string, FileFault['level'], string])[] = [
  [
    /^\/usr\/local\/./,
    'is the place of the administrator',
    'error',
    'Install it below /usr; debian/*.install or --prefix=/usr says where.',
  ],
  [/^\/(?:home|root)\/./, 'is a home folder', 'error', 'Install it below /usr/share, and let programs make files of users when they run.'],
  [
    /^\/(?:run|var\/run|var\/lock)\/./,
    'is gone after the next boot',
    'error',
    'Use RuntimeDirectory= of the service, or a file in /usr/lib/tmpfiles.d.',
  ],
  [/^\/(?:tmp|var\/tmp)\/./, 'is cleaned all the time', 'error', 'Install it below /usr or /var/lib.'],
  [/^\/(?:proc|sys|dev)\/./, 'is the kernel’s', 'error', 'Do not package it.'],
  [/^\/(?:mnt|media|srv)\/./, 'is the place of the administrator', 'error', 'Install it below /usr or /var/lib.'],
  [/^\/opt\/./, 'is for packages from outside of the distribution', 'warning', 'Install it below /usr, or list it in smoke.allow.changes.'],
];

const forbiddenPlace: Rule = ({ path }) => {
  const place = places.find(([pattern]) => pattern.test(path));
  return place === undefined ? undefined : fault('forbidden-place', `it ${place[1]}`, place[3], place[2]);
};

/** Debian Policy 10.7.2. */
const configurationElsewhere: Rule = ({ path, isConfiguration }) =>
  isConfiguration && !path.startsWith('/etc/')
    ? fault(
        'forbidden-place',
        'it is a configuration file outside of /etc',
        'Install it in /etc, and list nothing else in debian/conffiles.',
        'warning',
      )
    : undefined;

/** Often the target is in a package that is only suggested. */
const brokenLink: Rule = ({ real, entry }, { entries }) =>
  entry?.type === 'l' && destinationOf(entries, real).kind === 'missing'
    ? fault(
        'broken-link',
        `it leads to ${entry.target}, which is not there`,
        'Correct the link (debian/*.links), or depend on the package that has its target.',
        'warning',
      )
    : undefined;

// Small systems are told to leave these out of every package: path-exclude of dpkg(1).
const leftOut = /^\/usr\/share\/(?:doc|man|info|locale|lintian|linda|groff|help|gnome\/help|omf)(\/|$)/;

/** `real` is undefined for what a diversion or a script has taken away. */
const missing: Rule = ({ path, entry }, { records }) =>
  entry === undefined &&
  !leftOut.test(path) &&
  !/^\/(?:run|var\/run|proc|sys|dev)\//.test(path) &&
  !records.some((record) => record.kind === 'diversion' && record.paths.includes(path))
    ? fault('wrong-file', 'it is packaged, and not there', 'Look at what the maintainer scripts delete or move.')
    : undefined;

const rules: readonly Rule[] = [
  everyoneWrites,
  groupWrites,
  ownedByOthers,
  notExecutable,
  notReadable,
  privileged,
  forbiddenPlace,
  configurationElsewhere,
  brokenLink,
  missing,
];

/** Everything that is wrong with packaged files, in their order. Folders that were there before are of others. */
export function faultsOf(files: readonly PackagedFile[], before: Snapshot, now: Snapshot): readonly FileFault[] {
  return files
    .filter(({ real, entry }) => entry?.type !== 'd' || before.entries.get(real)?.type !== 'd')
    .flatMap((file) =>
      rules.flatMap((rule) => {
        const found = rule(file, now);
        return found === undefined ? [] : [{ ...found, path: file.path }];
      }),
    );
}
