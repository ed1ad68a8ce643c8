import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';

/** Folders that hold debian/control, found by looking. */
export interface PackageFolders {
  /** Relative to where the search began, with `/`, sorted; `.` for that folder itself. */
  readonly found: readonly string[];
  /** Inside another package's folder, so a part of its source: vendored code, test data. */
  readonly inside: readonly { readonly path: string; readonly of: string }[];
}

/** Far above any real repository; a tree made to keep us busy ends here. */
const maxFolders = 100_000;
const maxDepth = 40;

/** Hold no source of ours, and may be larger than all the rest. */
const passed: readonly string[] = ['.git', '.hg', '.svn', 'node_modules'];

/**
 * Looks for `debian/control` in a folder (absolute) and everywhere below it. Symbolic links are not followed, so nothing outside is
 * found and no circle is walked; what lies inside a `debian` folder is packaging, not a package. Throws E_SOURCE for a tree without end.
 */
export async function findPackageFolders(root: string): Promise<PackageFolders> {
  const found: string[] = [];
  const inside: { path: string; of: string }[] = [];
  let folders = 0;

  const walk = async (path: string, owner: string | undefined, depth: number): Promise<void> => {
    if (++folders > maxFolders || depth > maxDepth)
      throw new UserError(
        'E_SOURCE',
        `there are more than ${depth > maxDepth ? `${maxDepth} levels of` : maxFolders} folders to look for debian/control in`,
        {
          cure: 'List the packages in release-kit.yml: packages: [{ path: … }].',
        },
      );
    const names = await folderNames(root, path);
    // The folder that the user named may use links, as it may for the build.
    const here = await isFile(join(root, path, 'debian', 'control'), path === '.' ? stat : lstat);
    if (here && owner === undefined) found.push(path);
    else if (here && owner !== undefined) inside.push({ path, of: owner });
    const next = owner ?? (here ? path : undefined);
    for (const name of names)
      if (name !== 'debian' && !passed.includes(name)) await walk(path === '.' ? name : `${path}/${name}`, next, depth + 1);
  };

  await walk('.', undefined, 0);
  return { found, inside };
}

/** Real folders only, in an order that is the same on every machine. */
async function folderNames(root: string, path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true });
    // A name that is not UTF-8 cannot be said in a plan, nor found again.
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.includes('\ufffd'))
      .map(({ name }) => name)
      .sort();
  } catch (cause) {
    throw new UserError('E_SOURCE', `the folder ${inertLine(path)} cannot be read to look for debian/control`, { cause });
  }
}

async function isFile(path: string, look: typeof lstat): Promise<boolean> {
  try {
    return (await look(path)).isFile();
  } catch {
    return false;
  }
}
