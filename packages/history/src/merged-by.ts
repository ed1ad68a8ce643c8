import type { HistoryNode } from './history-node.ts';

/**
 * The pull requests that brought commits in by a merge, by SHA. What a merge of a pull request has besides its first parent is that pull request's, whatever
 * was merged into its branch before; merges without a number (of a branch `develop`, say) are roads on which pull requests come. Linear time.
 *
 * @param nodes newest first, no commit before its last child; all of one end
 */
export function mergedBy(nodes: readonly HistoryNode[]): ReadonlyMap<string, number> {
  /** Commits that pull requests were merged into. A branch that such a line was merged into has them as well; they are the line's. */
  const line = new Set(nodes.slice(0, 1).map(({ sha }) => sha));
  const owners = new Map<string, number>();
  for (const { sha, parents, commits } of nodes) {
    const owner = line.has(sha) ? undefined : owners.get(sha);
    const merged = owner ?? (parents.length < 2 ? undefined : commits.find(({ kind }) => kind === 'merge')?.pullRequest);
    for (const [index, parent] of parents.entries()) {
      const ofParent = index === 0 ? owner : merged;
      if (ofParent === undefined) line.add(parent);
      else if (!owners.has(parent)) owners.set(parent, ofParent);
    }
  }
  for (const sha of line) owners.delete(sha);
  return owners;
}
