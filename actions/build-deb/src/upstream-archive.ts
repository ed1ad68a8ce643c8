import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isInside, UserError } from '@release-kit/action';
import { parseVersion } from '@release-kit/debian';

/**
 * The upstream archives of a package that is not native, with further components and signatures: they lie beside the tree, as dpkg-source
 * expects them. Absolute paths, at least one. Throws E_SOURCE when there is none, and for a link out of that folder: the build could read
 * what it leads to.
 */
export async function upstreamArchives(folder: string, name: string, version: string): Promise<readonly string[]> {
  const start = `${name}_${parseVersion(version).upstream}.orig`;
  const pattern = /^(?:-[A-Za-z0-9-]+)?\.tar\.(?:gz|bz2|xz|lzma|zst)(?:\.asc)?$/;
  const beside = dirname(folder);
  const names = (await readdir(beside)).filter((file) => file.startsWith(start) && pattern.test(file.slice(start.length)));
  const found = names.sort().map((file) => join(beside, file));
  for (const file of found) await refuseElsewhere(file);
  if (found.length > 0) return found;
  throw new UserError('E_SOURCE', `the source package needs ${start}.tar.* beside the folder`, {
    cure: 'Put the upstream archive there, build without include-source, or use the format 3.0 (native).',
  });
}

/** uscan leaves links to files beside them. */
async function refuseElsewhere(file: string): Promise<void> {
  const isFile = (await stat(file).catch(() => undefined))?.isFile() === true;
  if (isFile && isInside(dirname(file), file)) return;
  throw new UserError('E_SOURCE', `${basename(file)} beside the folder is no file, or a link to another folder`, {
    cure: 'Copy the upstream archive there.',
  });
}
