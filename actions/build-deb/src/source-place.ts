import { lstat, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { innerPath, type Place } from '@release-kit/action';
import { candidates, folderAt } from './log-paths.ts';

export interface LogPlace {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface TreePlaces {
  /** The tree on the host; undefined when there is none, as with a source package. */
  readonly source: string | undefined;
  readonly workspace: string;
  /** The tree inside the machine. */
  readonly tree: string;
}

/** The place in the user's checkout that a place in the build's log means; undefined when the file is not there, or outside the workspace. */
export async function sourcePlace(place: LogPlace, lines: readonly string[], where: TreePlaces): Promise<Place | undefined> {
  const { source, workspace, tree } = where;
  if (source === undefined) return undefined;
  const said = `${place.file}:${place.line ?? ''}`;
  const index = lines.findIndex((line) => line.includes(said));
  const folder = folderAt(lines, index === -1 ? lines.length : index, tree);
  for (const candidate of candidates(place.file, folder, tree)) {
    const path = join(source, candidate);
    const file = innerPath(workspace, path);
    if (file === undefined || !(await isOwnFile(path, source))) continue;
    return {
      file,
      ...(place.line === undefined ? {} : { line: place.line }),
      ...(place.column === undefined ? {} : { column: place.column }),
    };
  }
  return undefined;
}

/** A regular file that really lies in the tree: no annotation follows a link out of it. */
export async function isOwnFile(path: string, source: string): Promise<boolean> {
  const info = await lstat(path).catch(() => undefined);
  if (info?.isFile() !== true) return false;
  return (await realpath(path)).startsWith(`${await realpath(source)}${sep}`);
}
