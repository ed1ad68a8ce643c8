import { byPrecedence, type ReleaseTag } from './release-tag.ts';

/** A release tag and the commit that it names. */
export interface PlacedTag extends ReleaseTag {
  /** Of the commit, never of a tag object. */
  readonly sha: string;
}

export interface ReleaseAssigner {
  /** All releases, lowest first. */
  readonly releases: readonly PlacedTag[];
  /** Index in `releases` of the lowest release that has the commit; their number when none has it. Each commit is given once. */
  readonly releaseOf: (sha: string, parents: readonly string[]) => number;
  /** How many commits were named as parents and are still to come; at the end more than 0 means that the history is cut off. */
  readonly awaited: () => number;
}

/**
 * Says for each commit of a history which release it belongs to: the lowest one, by semantic precedence, that contains it. A release contains its
 * commit and all ancestors, so a commit belongs to the lowest of its own tags and of what its children belong to. Commits come with no parent before
 * its last child, as `git log --date-order` and `--topo-order` list them; one pass, and only parents that are still to come are remembered.
 */
export function releaseAssigner(tags: readonly PlacedTag[]): ReleaseAssigner {
  const releases = byPrecedence(tags);
  const own = new Map<string, number>();
  for (const [index, { sha }] of releases.entries()) if (!own.has(sha)) own.set(sha, index);
  const awaited = new Map<string, number>();
  return {
    releases,
    releaseOf: (sha, parents) => {
      const lowest = Math.min(own.get(sha) ?? releases.length, awaited.get(sha) ?? releases.length);
      awaited.delete(sha);
      for (const parent of parents) {
        const known = awaited.get(parent);
        if (known === undefined || known > lowest) awaited.set(parent, lowest);
      }
      return lowest;
    },
    awaited: () => awaited.size,
  };
}
