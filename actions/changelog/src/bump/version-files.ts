import { realpath } from 'node:fs/promises';
import { posix } from 'node:path';
import { type Host, inertLine, innerPath } from '@release-kit/action';
import type { Git } from '@release-kit/git';
import { byPrecedence, type ReleaseTag } from '@release-kit/history';
import type { BumpPlace } from '@release-kit/history/bump';
import type { Settings } from '../settings/settings.ts';
import { type PreparedFile, shownPath } from '../writing/target-file.ts';
import { bumpProject } from './bump-project.ts';
import { isDebianChangelog } from './habitual-changelog.ts';
import { otherPlaces } from './other-places.ts';
import { projectFiles } from './project-files.ts';

/** What the files that hold the version are to have. */
export interface VersionStep {
  readonly version: string;
  /** Tags of the package on the commit and its ancestors: what the files may have now. */
  readonly before: readonly ReleaseTag[];
}

/** A file with the next version in it. */
export interface VersionFile extends PreparedFile {
  readonly places: readonly BumpPlace[];
}

export interface VersionFiles {
  readonly files: readonly VersionFile[];
  /** Paths of files that have the version already. */
  readonly unchanged: readonly string[];
  /** One line each, inert. */
  readonly remarks: readonly string[];
}

/**
 * The files of the package that hold its version, with the next one; nothing is written. debian/changelog is not among them: it gets an entry.
 *
 * @throws UserError E_BUMP, E_PATH
 */
export async function versionFiles(step: VersionStep, settings: Settings, git: Git, host: Host): Promise<VersionFiles> {
  const { bump } = settings;
  const folder = await folderOf(settings, git);
  const versions = likelyVersions(step.before);
  const { files, unchanged, remarks } = await bumpProject({
    project: await projectFiles(git),
    folder,
    named: bump.files?.filter((path) => !isDebianChangelog(path)),
    names: bump.names,
    versions,
    to: step.version,
  });
  const known = new Set([...files.map(({ path }) => path), ...unchanged]);
  const last = versions.at(-1);
  // Whoever lists files has thought about all of them.
  const others = bump.files !== undefined || last === undefined ? [] : await otherPlaces(git, folder, last, known);
  return {
    files: files.map(({ path, target, content, places }) => {
      const what = places.length === 1 ? 'version' : `version in ${places.length} places`;
      return { path: target, shown: shownPath(`${git.checkout}/${path}`, host), what, content, isChanged: true, places };
    }),
    unchanged,
    remarks: [...remarks, ...others],
  };
}

/** Of the package, from the root of the checkout. Paths of a configuration are relative to where it stands, which may be a folder of the checkout. */
async function folderOf({ root, package: { path } }: Settings, { checkout }: Git): Promise<string> {
  const folder = innerPath(await realpath(checkout), await realpath(root));
  // A configuration from elsewhere speaks of this checkout.
  return folder === undefined ? path : posix.join(folder, path).replace(/^\.$/, '');
}

/**
 * Of the newest release, and of the newest stable one where it is a candidate that may never have been written into a file. None before the first
 * stable release: nobody knows what files have until then.
 */
export function likelyVersions(before: readonly ReleaseTag[]): readonly string[] {
  const greatestFirst = byPrecedence(before).toReversed();
  const [newest] = greatestFirst;
  const stable = greatestFirst.find(({ prerelease }) => !prerelease);
  return newest === undefined || stable === undefined ? [] : [...new Set([newest.version, stable.version])];
}

/** More than a person reads; the lock file of a workspace may have tens of thousands of places. */
const toldLines = 500;

/** Says what changes where, what has the version already, and what was left: `package.json:3: version 1.2.0 -> 1.3.0`. */
export function tellVersions({ files, unchanged, remarks }: VersionFiles, version: string, host: Pick<Host, 'log'>): void {
  const { log } = host;
  const lines = files.flatMap(({ shown, places }) =>
    places.map(({ line, what, from, to }) => `${shown}:${line}: ${what} ${from} -> ${to}`),
  );
  for (const line of lines.slice(0, toldLines)) log.info(inertLine(line));
  if (lines.length > toldLines) log.info(`and ${lines.length - toldLines} more places`);
  if (unchanged.length > 0) log.info(inertLine(`Nothing to change in ${listed(unchanged)}`));
  for (const remark of remarks) log.info(`Left: ${remark}`);
  if (files.length + unchanged.length === 0)
    log.info(`No file was found that holds the version, so the tag alone says that it is ${version}`);
}

function listed(paths: readonly string[]): string {
  const [shown, more] = [paths.slice(0, 10), paths.length - 10];
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
