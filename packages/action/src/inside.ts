import { lstatSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { innerPath } from './inner-path.ts';
import { codeOf } from './system-error.ts';

/** As many links as the kernel follows (path_resolution(7)). */
const maxLinks = 40;

/** True when `path` (absolute) is `folder` or in it after every symbolic link, also those whose target is missing. */
export function isInside(folder: string, path: string): boolean {
  const target = targetOf(path, maxLinks);
  if (target === undefined) return false;
  return innerPath(targetOf(folder, maxLinks) ?? folder, target) !== undefined;
}

/**
 * True for a path that by its text is in `folder`, and by a link elsewhere (both absolute). Whoever names a place outside means it; of
 * one in a checkout a stranger may have made a link.
 */
export function leadsOut(folder: string, path: string): boolean {
  return innerPath(folder, path) !== undefined && !isInside(folder, path);
}

/** What writing to `path` would reach; undefined for links without end. */
function targetOf(path: string, links: number): string | undefined {
  if (links === 0) return undefined;
  const parent = dirname(path);
  if (parent === path) return path;
  const folder = targetOf(parent, links);
  if (folder === undefined) return undefined;
  const here = join(folder, basename(path));
  const entry = entryAt(here);
  if (entry === undefined) return here;
  return entry.isSymbolicLink() ? targetOf(resolve(folder, readlinkSync(here)), links - 1) : realpathSync(here);
}

/** undefined when nothing is there, or something that is no folder is on the way. */
function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
