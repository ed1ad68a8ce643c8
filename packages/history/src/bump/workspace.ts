import { posix } from 'node:path';
import { selects } from '@release-kit/action/path-pattern';
import type { Manifest } from './manifest.ts';

/** A package of the project and the folder of its manifest, relative to the repository; '' for the root. */
export interface Member {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Which of the folders (relative to the repository) a workspace takes in.
 *
 * @param member the root of the workspace, or a member of it, whose path dependencies belong to it as well
 * @param root the root again: what it leaves out stays out
 */
export function memberFolders(member: Member, root: Member, folders: Iterable<string>): readonly string[] {
  if (member !== root && member.manifest.paths.length === 0) return [];
  const place = (from: string, pattern: string): string => posix.join(from, pattern).replace(/\/+$/, '');
  const placed = (pattern: string): string =>
    pattern.startsWith('!') ? `!${place(root.folder, pattern.slice(1))}` : place(root.folder, pattern);
  const left = root.manifest.members.filter((pattern) => pattern.startsWith('!')).map(placed);
  const listed = member === root ? root.manifest.members.map(placed) : [];
  const linked = new Set(member.manifest.paths.map((path) => place(member.folder, path)));
  const below = root.folder === '' ? '' : `${root.folder}/`;
  return [...folders].filter(
    (folder) =>
      folder !== root.folder &&
      folder.startsWith(below) &&
      (selects(listed, folder, false) || (linked.has(folder) && selects(['**', ...left], folder, false))),
  );
}

/** Patterns that we do not read, such as `{a,b}`: whoever wrote them has to be told. */
export function strangePatterns({ manifest }: Member): readonly string[] {
  return manifest.members.filter((pattern) => /[[\]{}()]/.test(pattern));
}

export interface Steps {
  /** They get the new version: the root, those that have its version, and those that inherit it. */
  readonly together: readonly Member[];
  /** They have a version of their own. */
  readonly apart: readonly Member[];
}

/**
 * Parts the packages of a workspace by whether they are released together. `versions`: those that a package of the release may have now;
 * none known (a first release): that of the root, else the one that all have.
 */
export function inStep(root: Member, members: readonly Member[], versions: readonly string[]): Steps {
  const own = root.manifest.version;
  const all = new Set(members.map(({ manifest }) => manifest.version).filter((version) => version !== undefined));
  const known = versions.length > 0 ? versions : own !== undefined ? [own] : all.size === 1 ? [...all] : [];
  const isTogether = ({ manifest: { version, inherits } }: Member): boolean =>
    inherits || (version !== undefined && known.includes(version));
  return {
    together: [root, ...members.filter(isTogether)],
    apart: members.filter((member) => !isTogether(member) && member.manifest.version !== undefined),
  };
}
