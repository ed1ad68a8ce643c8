import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';

/** A package of a repository that holds several. */
export interface PackagePlace {
  readonly name: string;
  /** Of its folder, relative to the root, with `/`; '' for the package that is the root itself. */
  readonly path: string;
}

interface Folder<Package> {
  owner: Package | undefined;
  readonly folders: Map<string, Folder<Package>>;
}

export interface PackageTree<Package> {
  /** Of one changed file: the package with the longest path above it; outside of all, the root's package if there is one. */
  readonly ownerOf: (path: string) => Package | undefined;
  /** Of a commit, in the order given at the start. One without changed files (empty, or a merge) belongs to the root's package. */
  readonly ownersOf: (paths: readonly string[]) => readonly Package[];
}

/**
 * Finds packages by paths, in time linear in the length of a path, however many packages there are.
 *
 * @throws UserError E_CONFIG for a path that leaves the repository or is not in its plain form, and for two packages of one name or path
 */
export function packageTree<Package extends PackagePlace>(packages: readonly Package[]): PackageTree<Package> {
  const root: Folder<Package> = { owner: undefined, folders: new Map() };
  const names = new Set<string>();
  for (const found of packages) {
    const { name, path } = found;
    if (names.has(name)) throw new UserError('E_CONFIG', `two packages are called ${JSON.stringify(inertLine(name))}`);
    names.add(name);
    const folder = folderAt(root, path);
    if (folder.owner !== undefined)
      throw new UserError('E_CONFIG', `the packages ${inertLine(folder.owner.name)} and ${inertLine(name)} have the same folder`);
    folder.owner = found;
  }
  const order = new Map(packages.map((found, index) => [found, index]));
  const ownerOf = (path: string): Package | undefined => {
    let folder: Folder<Package> | undefined = root;
    let owner = root.owner;
    // The last part counts as well: a submodule changes under the name of its folder.
    for (let start = 0; folder !== undefined && start <= path.length; ) {
      const slash = path.indexOf('/', start);
      const end = slash === -1 ? path.length : slash;
      folder = folder.folders.get(path.slice(start, end));
      owner = folder?.owner ?? owner;
      start = end + 1;
    }
    return owner;
  };
  const ownersOf = (paths: readonly string[]): readonly Package[] => {
    const owners = new Set(paths.length === 0 ? [root.owner] : paths.map(ownerOf));
    return [...owners].filter((owner) => owner !== undefined).sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  };
  return { ownerOf, ownersOf };
}

function folderAt<Package extends PackagePlace>(root: Folder<Package>, path: string): Folder<Package> {
  if (path === '') return root;
  let folder = root;
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..')
      throw new UserError('E_CONFIG', `the folder of a package is ${JSON.stringify(inertLine(path))}`, {
        cure: 'Write it relative to the root of the repository, without . or .. and without / at the ends.',
      });
    const next: Folder<Package> = folder.folders.get(part) ?? { owner: undefined, folders: new Map() };
    folder.folders.set(part, next);
    folder = next;
  }
  return folder;
}
