import { UserError } from '@release-kit/action/errors';
import type { PlacedTag } from './assign-releases.ts';
import { findBaseline } from './baseline.ts';
import { contributorsOf } from './contributors.ts';
import type { HistoryNode } from './history-node.ts';
import { type FindInHistory, lastingCommits } from './lasting-commits.ts';
import { type GatheredRelease, openReleases } from './open-releases.ts';
import type { Release } from './release.ts';

/** How a whole history is told. */
export interface HistoryTelling {
  /** Of the releases that are told; the commits of some may not be in the history. */
  readonly tags: readonly PlacedTag[];
  /** What the commits are called that no release has, and what they are compared with. */
  readonly unreleased: Pick<Release, 'name' | 'previous'>;
  readonly findInHistory: FindInHistory;
  /** Names of all tags whose commits are in the history; asked once at most, where parallel lines of releases make it necessary. */
  readonly findTags: () => Promise<ReadonlySet<string>>;
  /** Whether somebody's first contribution is in this release (undefined: in none), by `contributorKey`. */
  readonly isFirst: (tag: PlacedTag | undefined, key: string) => boolean;
  /** Of a log that may be out of order: more commits in releases that lack some are taken for a sign of it, since all of a history may come to be held then. */
  readonly mostHeld?: number | undefined;
}

/** Commits that others name as their parents did not come, or came before those. */
export class IncompleteHistory extends UserError {
  constructor() {
    super('E_GIT', 'the history is cut off: commits that others name as their parents are missing', {
      cure: 'Check out with fetch-depth: 0 (actions/checkout), or run git fetch --unshallow --tags.',
    });
  }
}

/** So many commits may wait for the baseline of a release before git is asked which tags will not come. */
const patience = 2000;
const mostRemembered = 50_000;

/**
 * All releases of a history, in the order in which the log names their commits; of several on one commit the greatest first. Each commit is in one of them, the
 * lowest that has it, and in `unreleased` when none has it. A release comes as soon as none of its commits is awaited, so that memory is that of the
 * releases that are open at once.
 *
 * @param log newest first, no commit before its last child, all ancestors
 * @throws IncompleteHistory (E_GIT) when ancestors are missing at the end, or came before one of their children
 */
export async function* releasesOf(log: AsyncIterable<readonly HistoryNode[]>, telling: HistoryTelling): AsyncGenerator<Release> {
  const releases = openReleases(telling.tags);
  const complete = async function* (): AsyncGenerator<Release> {
    for (let next = releases.next(); next !== undefined; next = releases.next()) {
      if (next.tag !== undefined || next.count > 0) yield await releaseOf(next, telling);
    }
  };
  const isLate = telling.mostHeld === undefined ? () => false : lateCommits(mostRemembered);
  let asked = false;
  for await (const batch of log) {
    for (const node of batch) {
      if (isLate(node)) throw new IncompleteHistory();
      releases.take(node);
    }
    yield* complete();
    if (telling.mostHeld !== undefined && releases.held() > telling.mostHeld) throw new IncompleteHistory();
    if (asked || releases.waiting() < patience) continue;
    asked = true;
    const names = await telling.findTags();
    releases.keepOnly(({ name }) => names.has(name));
    yield* complete();
  }
  if (releases.awaited() > 0) throw new IncompleteHistory();
  releases.keepOnly(() => false);
  yield* complete();
}

/** Says of a commit whether one of its parents came before it, among the first ones: most wrong clocks show soon, and the end tells of the others. */
function lateCommits(most: number): (node: HistoryNode) => boolean {
  const seen = new Set<string>();
  return ({ sha, parents }) => {
    if (seen.size < most) seen.add(sha);
    return parents.some((parent) => seen.has(parent));
  };
}

async function releaseOf(gathered: GatheredRelease, telling: HistoryTelling): Promise<Release> {
  const { tag, baseline, sha, timestamp, count } = gathered;
  const commits = await lastingCommits(gathered.commits, telling.findInHistory);
  const contributors = contributorsOf(commits, (key) => telling.isFirst(tag, key));
  const facts = { sha, timestamp, commits, count, contributors };
  if (tag === undefined) return { ...telling.unreleased, version: undefined, ...facts };
  const found = baseline === undefined ? undefined : findBaseline(tag.version, [baseline]);
  const previous = found === undefined ? undefined : { name: found.tag.name, version: found.tag.version, reason: found.reason };
  return { name: tag.name, version: tag.version, previous, ...facts };
}
