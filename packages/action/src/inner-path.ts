import { isAbsolute, relative, sep } from 'node:path';

/**
 * How `path` is called in `folder`, with `/` on every system: '' for the folder itself, undefined outside of it. Both are absolute. It goes by
 * their text alone and follows no link: who reads or writes what strangers named asks `isInside`.
 */
export function innerPath(folder: string, path: string): string | undefined {
  const inner = relative(folder, path);
  // `..x` is a name like any other.
  if (inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner)) return undefined;
  return inner.split(sep).join('/');
}
