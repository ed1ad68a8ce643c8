import { type PlacedTag, releaseAssigner } from './assign-releases.ts';
import { baselineFinder } from './baseline-finder.ts';
import type { ParsedCommit } from './commit.ts';
import type { HistoryNode } from './history-node.ts';

/** A release all of whose commits went by. */
export interface GatheredRelease {
  /** undefined of the commits that no release has. */
  readonly tag: PlacedTag | undefined;
  /** The release that it is compared with, of those that are told. */
  readonly baseline: PlacedTag | undefined;
  /** Of its newest commit, as is the timestamp. */
  readonly sha: string;
  readonly timestamp: number;
  /** Newest first, with what was taken back. */
  readonly commits: readonly ParsedCommit[];
  /** How many commits those are, squashes as one. */
  readonly count: number;
}

/** Gathers commits to releases while a history goes by. */
export interface OpenReleases {
  /** The next commit; none before its last child. */
  readonly take: (node: HistoryNode) => void;
  /** The next release, when it is complete, in the order in which their own commits went by. */
  readonly next: () => GatheredRelease | undefined;
  /** How many commits are held by releases that lack nothing but their baseline, or wait for one that does. */
  readonly waiting: () => number;
  /** How many commits are held. */
  readonly held: () => number;
  /** Tells which tags will not come. */
  readonly keepOnly: (isComing: (tag: PlacedTag) => boolean) => void;
  /** How many commits were named as parents and are still to come. */
  readonly awaited: () => number;
}

type Gathering = { -readonly [Key in 'sha' | 'timestamp' | 'count']: GatheredRelease[Key] } & {
  readonly index: number;
  readonly commits: ParsedCommit[];
};

export function openReleases(tags: readonly PlacedTag[]): OpenReleases {
  const { releases, releaseOf, awaited, awaitedOf } = releaseAssigner(tags);
  const baselines = baselineFinder(releases);
  const tagsAt = Map.groupBy(releases.keys(), (index) => releases[index]?.sha ?? '');
  const open = new Map<number, Gathering>();
  const order: Gathering[] = [];
  let held = 0;

  const begin = (index: number, sha: string, timestamp: number): Gathering => {
    const release: Gathering = { index, sha, timestamp, commits: [], count: 0 };
    open.set(index, release);
    order.push(release);
    return release;
  };
  const baselineOf = (index: number): number | undefined | 'later' => (index < releases.length ? baselines.baselineOf(index) : undefined);
  return {
    take: ({ sha, parents, timestamp, commits }) => {
      const own = tagsAt.get(sha);
      const index = releaseOf(sha, parents);
      baselines.take(sha, parents, own ?? []);
      for (const each of own?.toReversed() ?? []) begin(each, sha, timestamp);
      const release = open.get(index) ?? begin(index, sha, timestamp);
      if (commits.length === 0) return;
      for (const commit of commits) release.commits.push(commit);
      release.count += 1;
      held += 1;
    },
    next: () => {
      const release = order[0];
      if (release === undefined || awaitedOf(release.index) > 0) return undefined;
      const baseline = baselineOf(release.index);
      if (baseline === 'later') return undefined;
      order.shift();
      open.delete(release.index);
      held -= release.count;
      const { index, sha, timestamp, commits, count } = release;
      return { tag: releases[index], baseline: baseline === undefined ? undefined : releases[baseline], sha, timestamp, commits, count };
    },
    held: () => held,
    waiting: () => (order[0] !== undefined && awaitedOf(order[0].index) === 0 ? held : 0),
    keepOnly: (isComing) => baselines.ruleOut((index) => releases[index] !== undefined && isComing(releases[index])),
    awaited,
  };
}
