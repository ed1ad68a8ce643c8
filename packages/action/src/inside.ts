import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** As many links as the kernel follows (path_resolution(7)). */
const maxLinks = 40;

/** True when `path` (absolute) is `folder` or in it after every symbolic link, also those whose target is missing. */
export function isInside(folder: string, path: string): boolean {
  const target = targetOf(path, maxLinks);
  if (target === undefined) return false;
  const inside = relative(targetOf(folder, maxLinks) ?? folder, target);
  return inside !== '..' && !inside.startsWith('../') && !isAbsolute(inside);
}

/** What writing to `path` would reach; undefined for links without end. */
function targetOf(path: string, links: number): string | undefined {
  if (links === 0) return undefined;
  const parent = dirname(path);
  if (parent === path) return path;
  const folder = targetOf(parent, links);
  if (folder === undefined) return undefined;
  const here = join(folder, basename(path));
  const kind = lstatSync(here, { throwIfNoEntry: false });
  if (kind === undefined) return here;
  return kind.isSymbolicLink() ? targetOf(resolve(folder, readlinkSync(here)), links - 1) : realpathSync(here);
}
