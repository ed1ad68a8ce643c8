import { awaitedCommits } from './awaited-commits.ts';
import { byPrecedence, type ReleaseTag } from './release-tag.ts';

/** A release tag and the commit that it names. */
export interface PlacedTag extends ReleaseTag {
  /** Of the commit, never of a tag object. */
  readonly sha: string;
}

export interface ReleaseAssigner {
  /** All releases, lowest first. */
  readonly releases: readonly PlacedTag[];
  /** Index in `releases` of the release that the commit belongs to; their number when none has it. Each commit is given once. */
  readonly releaseOf: (sha: string, parents: readonly string[]) => number;
  /** How many commits were named as parents and are still to come; at the end more than 0 means that the history is cut off. */
  readonly awaited: () => number;
  /** How many of them belong to this release as far as is known; 0 behind its own commit means that no other one will. */
  readonly awaitedOf: (index: number) => number;
}

/**
 * Says for each commit of a history which release it belongs to: the lowest one, by semantic precedence, that contains it. A release contains its
 * commit and all ancestors, so a commit belongs to the lowest of its own tags and of what its children belong to. Commits come with no parent before
 * its last child, as `git log --date-order` and `--topo-order` list them; one pass, and only parents that are still to come are remembered.
 *
 * Where versions once began anew (2021.4.0 before 1.0.0), a release counts as low as the lowest one that has it, and before that one: else the first
 * new version would take all that older releases had. Of those that count the same, the last one that comes is the first.
 */
export function releaseAssigner(tags: readonly PlacedTag[]): ReleaseAssigner {
  const releases = byPrecedence(tags);
  const own = new Map<string, number>();
  for (const [index, { sha }] of releases.entries()) if (!own.has(sha)) own.set(sha, index);
  const awaited = awaitedCommits<number>();
  const counts: number[] = new Array(releases.length + 1).fill(0);
  const count = (index: number, change: 1 | -1): void => {
    counts[index] = (counts[index] ?? 0) + change;
  };
  const lowness: number[] = [...releases.keys(), releases.length];
  const places: number[] = new Array(releases.length + 1).fill(0);
  let last = 0;
  const isBefore = (index: number, other: number): boolean => {
    const difference = (lowness[index] ?? index) - (lowness[other] ?? other);
    return difference < 0 || (difference === 0 && (places[index] ?? 0) > (places[other] ?? 0));
  };
  return {
    releases,
    releaseOf: (sha, parents) => {
      const passed = awaited.remove(sha);
      if (passed !== undefined) count(passed, -1);
      const tagged = own.get(sha);
      if (tagged !== undefined) {
        lowness[tagged] = Math.min(tagged, lowness[passed ?? releases.length] ?? tagged);
        last += 1;
        places[tagged] = last;
      }
      const index = tagged ?? passed ?? releases.length;
      for (const parent of parents) {
        const known = awaited.get(parent);
        if (known !== undefined && !isBefore(index, known)) continue;
        if (known !== undefined) count(known, -1);
        awaited.set(parent, index);
        count(index, 1);
      }
      return index;
    },
    awaited: awaited.size,
    awaitedOf: (index) => counts[index] ?? 0,
  };
}
