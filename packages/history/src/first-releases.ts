import { type PlacedTag, releaseAssigner } from './assign-releases.ts';
import { authorsOf, contributorKey } from './contributors.ts';
import type { HistoryNode } from './history-node.ts';

/**
 * Finds the lowest release that has a commit of each contributor: theirs is the first contribution. What no release has comes last (`undefined`). Memory is
 * that of the people.
 *
 * @param log the same as for `releasesOf`, read once before
 * @returns whether somebody's first contribution is in a release, by `contributorKey`
 */
export async function firstReleases(
  log: AsyncIterable<readonly HistoryNode[]>,
  tags: readonly PlacedTag[],
): Promise<(tag: PlacedTag | undefined, key: string) => boolean> {
  const { releases, releaseOf } = releaseAssigner(tags);
  const lowest = new Map<string, number>();
  for await (const batch of log) {
    for (const { sha, parents, commits } of batch) {
      const index = releaseOf(sha, parents);
      for (const commit of commits)
        for (const person of authorsOf(commit)) {
          const key = contributorKey(person);
          const known = lowest.get(key);
          if (known === undefined || index < known) lowest.set(key, index);
        }
    }
  }
  const indexes = new Map(releases.map((tag, index) => [tag.name, index]));
  return (tag, key) => lowest.get(key) === (tag === undefined ? releases.length : indexes.get(tag.name));
}
