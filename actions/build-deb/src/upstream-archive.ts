import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@release-kit/action';
import { parseVersion } from '@release-kit/debian';

/**
 * The upstream archives of a package that is not native, with further components and signatures: they lie beside the tree, as dpkg-source
 * expects them. Absolute paths, at least one. Throws E_SOURCE when there is none.
 */
export async function upstreamArchives(folder: string, name: string, version: string): Promise<readonly string[]> {
  const start = `${name}_${parseVersion(version).upstream}.orig`;
  const pattern = /^(?:-[A-Za-z0-9-]+)?\.tar\.(?:gz|bz2|xz|lzma|zst)(?:\.asc)?$/;
  const beside = dirname(folder);
  const found = (await readdir(beside)).filter((file) => file.startsWith(start) && pattern.test(file.slice(start.length)));
  if (found.length > 0) return found.sort().map((file) => join(beside, file));
  throw new UserError('E_SOURCE', `the source package needs ${start}.tar.* beside the folder`, {
    cure: 'Put the upstream archive there, build without include-source, or use the format 3.0 (native).',
  });
}
