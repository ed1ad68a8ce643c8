import type { ParsedCommit } from './commit.ts';
import type { PackagePlace, PackageTree } from './package-tree.ts';

/** A commit and the files that it changed, relative to the root of the repository. */
export interface Change {
  readonly commit: ParsedCommit;
  readonly paths: readonly string[];
}

/**
 * The commits of each package, in the order given; one that changes several packages counts in each, one outside of all only in the root's. A package
 * without commits has no entry.
 *
 * What one package gets, reverts and `Release-As` as well, is worked out from its own commits afterwards, so that nothing leaks into another one.
 *
 * @param isNew whether the package has no release yet with this commit: each package has a baseline of its own
 */
export function commitsByPackage<Package extends PackagePlace>(
  tree: PackageTree<Package>,
  changes: Iterable<Change>,
  isNew: (owner: Package, sha: string) => boolean,
): ReadonlyMap<Package, readonly ParsedCommit[]> {
  const found = new Map<Package, ParsedCommit[]>();
  for (const { commit, paths } of changes) {
    for (const owner of tree.ownersOf(paths)) {
      if (!isNew(owner, commit.sha)) continue;
      const list = found.get(owner);
      if (list === undefined) found.set(owner, [commit]);
      else list.push(commit);
    }
  }
  return found;
}
