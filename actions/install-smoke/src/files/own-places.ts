import { covers } from './allowance.ts';
import type { FileEntry } from './file-entry.ts';
import type { PackagedFile } from './packaged-file.ts';
import { destinationOf } from './path-tree.ts';
import type { Snapshot } from './snapshot.ts';

export interface OwnershipFacts {
  readonly before: Snapshot;
  readonly now: Snapshot;
  readonly files: readonly PackagedFile[];
  /** Names of the packages. */
  readonly packages: readonly string[];
  /** Patterns of the configuration. */
  readonly allowed: readonly string[];
}

/** Whether a path is the packages' own, so that what becomes of it is their affair. */
export type IsOwn = (path: string) => boolean;

// What programs of the distribution edit for packages that ask them to (update-inetd, pam-auth-update, update-ca-certificates, …).
const registries: readonly RegExp[] = [
  /^\/etc\/(?:shells|inetd\.conf|mailname|aliases(?:\.db)?|nsswitch\.conf|papersize|ca-certificates\.conf)$/,
  /^\/etc\/pam\.d\/common-[^/]+$/,
  /^\/etc\/ssl\/certs(\/|$)/,
  /^\/etc\/(?:xml|sgml)(\/|$)/,
  /^\/etc\/apparmor\.d\/(?:local|cache)(\/|$)/,
  // update-alternatives keeps its choices by their names, and deb-systemd-helper what was enabled, by those of the links.
  /^\/var\/lib\/dpkg\/alternatives(?:\/|$)/,
  /^\/var\/lib\/systemd\/deb-systemd-(?:user-)?helper-[a-z]+\//,
  /^\/var\/lib\/(?:dictionaries-common|emacsen-common|xml-core|sgml-base|aspell|ispell|pam|python)(\/|$)/,
];

// The folders of others in which packages have a file or a folder of their own name.
const shared = /^\/(?:etc|var)\//;

/** What is theirs: what they brought; what is in folders they brought; what bears their names; what links to it; and the homes of their users. */
export function ownPlaces(facts: OwnershipFacts): IsOwn {
  const { before, now, files, allowed } = facts;
  const packaged = new Set(files.map(({ real }) => real));
  const names = ownNames(facts);
  const homes = newUsers(facts)
    .map(({ home }) => home)
    .filter((home) => /^\/(?:var|etc|run|srv)\/./.test(home));
  const users = new Set(newUsers(facts).map(({ id }) => id));
  const registered = new Set(now.records.filter(({ kind }) => kind === 'file').flatMap(({ paths }) => paths));
  const diverted = new Set(
    now.records.filter(({ kind }) => kind === 'diversion').flatMap(({ text, paths }) => (text.startsWith('local ') ? [] : paths)),
  );
  const isLinkToOwn = (path: string, entry: FileEntry | undefined): boolean => {
    if (entry?.type !== 'l' || !(path.startsWith('/etc/') || entry.target.startsWith('/etc/alternatives/'))) return false;
    const to = destinationOf(now.entries, path);
    // A unit that is masked, and one that is enabled: by the name of the link or of its target.
    return (to.kind === 'found' && packaged.has(to.path)) || bears(baseName(entry.target), names) || bears(baseName(path), names);
  };
  const isOwnNew = (path: string): boolean => {
    const top = topmostNew(path, before);
    const entry = now.entries.get(top);
    if (packaged.has(top) || isLinkToOwn(path, now.entries.get(path))) return true;
    if (/^\/etc\/systemd\/(?:system|user)\/[^/]+\.(?:wants|requires|upholds)$/.test(top)) return entry?.type === 'd' && top === path;
    // Logs bear all sorts of names; after the purge they have to be gone.
    if (path.startsWith('/var/log/')) return true;
    if (!shared.test(path)) return false;
    if (entry !== undefined && users.has(entry.owner)) return true;
    return (
      bears(baseName(top), names) ||
      path
        .split('/')
        .slice(2, -1)
        .some((name) => names.has(name))
    );
  };
  return (path) => {
    if (covers(allowed, path) || registries.some((pattern) => pattern.test(path))) return true;
    if (diverted.has(path) || homes.some((home) => path === home || path.startsWith(`${home}/`))) return true;
    const then = before.entries.get(path);
    if (then === undefined) return packaged.has(path) || registered.has(path) || isOwnNew(path);
    return (packaged.has(path) && then.type !== 'd') || isLinkToOwn(path, now.entries.get(path));
  };
}

/** Whether a path in /etc or /var bears one of their names. Where no package ships it, a program of theirs or of their family made it. */
export function namedPlaces(facts: OwnershipFacts): (path: string) => boolean {
  const names = ownNames(facts);
  return (path) => shared.test(path) && bears(baseName(path), names);
}

/** The highest folder above a path, or itself, that was not there before. */
function topmostNew(path: string, { entries }: Snapshot): string {
  let top = path;
  for (;;) {
    const parent = top.slice(0, top.lastIndexOf('/'));
    if (parent === '' || entries.has(parent)) return top;
    top = parent;
  }
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

// Folders whose new entries are named after what a package is about.
const namesakes =
  /^\/(?:etc|usr\/(?:lib|libexec|share|share\/doc|bin|sbin|games)|var\/(?:lib|log|cache|spool)|usr\/lib\/systemd\/(?:system|user)|etc\/init\.d)\/[^/]+$/;

/** Names that paths of the packages may bear: `redis-server` and `redis` for a package that brings /etc/redis. */
function ownNames(facts: OwnershipFacts): ReadonlySet<string> {
  const { before, files, packages } = facts;
  const brought = files.map(({ real }) => real).filter((real) => namesakes.test(real) && !before.entries.has(real));
  const words = [...packages, ...brought.map(baseName), ...newUsers(facts).map(({ name }) => name), ...newGroups(facts)];
  return new Set(
    words.map((word) => word.replace(/@?\.(?:service|socket|timer|path|mount|target|conf)$/, '')).filter((word) => word.length > 1),
  );
}

function newUsers({ before, now }: OwnershipFacts) {
  return now.users.filter(({ name }) => !before.users.some((user) => user.name === name));
}

function newGroups({ before, now }: OwnershipFacts): readonly string[] {
  return now.groups.map(({ name }) => name).filter((name) => !before.groups.some((group) => group.name === name));
}

/** Whether a name is one of those, or has one between its signs: `hello.conf`, `hello@one.service`, `99hello-fast`, `usr.sbin.hello`. */
function bears(name: string, names: ReadonlySet<string>): boolean {
  const words = name.replace(/^\d+(?=[A-Za-z])/, '');
  const isEdge = (at: number): boolean => at === 0 || at === words.length || /[^A-Za-z0-9]/.test(words.slice(at - 1, at + 1));
  for (let start = 0; start < words.length; start += 1) {
    if (!isEdge(start)) continue;
    for (let end = words.length; end > start + 1; end -= 1) if (isEdge(end) && names.has(words.slice(start, end))) return true;
  }
  return false;
}
