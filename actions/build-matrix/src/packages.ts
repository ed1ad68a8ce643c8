import { resolve } from 'node:path';
import { type Host, inertLine, innerPath, UserError } from '@release-kit/action';
import { aboveWords, type Config, rootOf } from '@release-kit/config';
import { findPackageFolders } from './package-folders.ts';
import { type PackageFolder, readSourcePackage, type SourcePackage } from './source-package.ts';

export interface Packages {
  /** Absolute; patterns of files start here. */
  readonly root: string;
  /** Sorted by their folder when they were looked for, else in the order of the configuration. */
  readonly packages: readonly SourcePackage[];
  /** Sentences: folders that hold debian/control, but are part of another package. */
  readonly skipped: readonly string[];
}

/**
 * The packages that the configuration lists; else those that are found at `source` (absolute) and below. `file` is the configuration
 * (absolute). Throws E_SOURCE when there is none, E_CONTROL with the place of a mistake.
 */
export async function readPackages(file: string | undefined, config: Config, source: string, host: Host): Promise<Packages> {
  const root = file === undefined ? source : rootOf(file);
  if (config.packages !== undefined) {
    const listed = config.packages.map((one, index) => ({
      ...folderAt(root, one.path, host),
      config: one,
      place: config.place(`packages[${index}].path`),
    }));
    return { root, packages: await readAll(listed), skipped: [] };
  }
  const { found, inside } = await findPackageFolders(root);
  if (found.length === 0)
    throw new UserError('E_SOURCE', `there is no debian/control in ${inertLine(nameOf(root, host))} or below it`, {
      cure: `${await aboveWords(root)}${howToName}`,
    });
  const packages = await readAll(found.map((path) => ({ ...folderAt(root, path, host), config: undefined, place: undefined })));
  const skipped = inside.map(
    ({ path, of }) => `${path}: it is part of the package in ${of === '.' ? 'the folder above' : of}; list it under packages to build it`,
  );
  return { root, packages, skipped };
}

const howToName =
  'Name a folder that holds packages as source, or list them in release-kit.yml. ' +
  'A project that has no debian/ yet gets one by dh_make or debmake.';

async function readAll(folders: readonly PackageFolder[]): Promise<readonly SourcePackage[]> {
  const packages: SourcePackage[] = [];
  for (const folder of folders) packages.push(await readSourcePackage(folder));
  return packages;
}

function folderAt(root: string, folder: string, host: Host): Pick<PackageFolder, 'absolute' | 'path' | 'folder'> {
  const absolute = resolve(root, folder);
  return { absolute, path: nameOf(absolute, host), folder };
}

/** Relative to the workspace where it is inside, which later jobs share; with `/` on every system. */
export function nameOf(path: string, host: Host): string {
  const name = innerPath(host.files.workspace, path) ?? path;
  return name === '' ? '.' : name;
}
