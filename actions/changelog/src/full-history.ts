import { UserError } from '@release-kit/action';
import { type Git, type LogOrder, tagsBefore } from '@release-kit/git';
import { firstReleases, type PlacedTag, type Release, releasesOf, toldTags } from '@release-kit/history';
import type { HistoryRequest } from './history-request.ts';
import { historySearch } from './history-search.ts';
import type { NextRelease } from './project-history.ts';
import { type ReadHistory, unreadHistory } from './read-history.ts';
import { releaseTags } from './release-tags.ts';

/** A release that has more is read in the strict order, which needs no look at what is held. */
const mostHeld = 50_000;

/**
 * All releases of a history, from the one that `next` describes back to the first; what is not released yet comes first, when there is anything. They come while
 * the log is read, in the order in which it names their commits.
 *
 * @param next of `describeNext` for the same request
 * @param history of its commit; undefined: it is read here
 * @param order `dates` begins at once, and ends with `IncompleteHistory` where it turns out that this order is wrong for the history
 * @throws UserError E_GIT; E_INPUT for a request that is about a part of the history
 */
export async function* describeAll(
  git: Git,
  request: HistoryRequest,
  next: NextRelease,
  order: LogOrder = 'strict',
  history?: ReadHistory,
): AsyncGenerator<Release> {
  if (request.from !== undefined)
    throw new UserError('E_INPUT', 'full and from exclude each other: the whole history has no beginning', { cure: 'Give one of them.' });
  const tags = toldTags(await tagsWith(git, request, next), newestStable(next));
  // Nothing but this one release; it was read already.
  if (tags.every(({ name }) => name === next.release.name) && next.start === undefined) {
    if (next.release.count > 0) yield next.release;
    return;
  }
  const { sha } = next.end;
  const { whole, log } = history ?? unreadHistory(git, sha, request);
  const tagsOfHistory = async () => (whole === undefined ? await tagsBefore(git, sha, tags) : tags.filter((tag) => whole.has(tag.sha)));
  const isFirst = request.firstTimers ? await firstReleases(log(order), tags) : () => false;
  yield* releasesOf(log(order), {
    tags,
    unreleased: { name: next.release.name, previous: next.start },
    findInHistory: historySearch(git, sha, whole),
    mostHeld: order === 'dates' && whole === undefined ? mostHeld : undefined,
    findTags: async () => new Set((await tagsOfHistory()).map(({ name }) => name)),
    isFirst,
  });
}

/** The release tags of the package, with the one that comes next. */
async function tagsWith(git: Git, request: HistoryRequest, { end, plan, release }: NextRelease): Promise<readonly PlacedTag[]> {
  const tags = await releaseTags(git, request.package, request.packages);
  if (end.tag !== undefined || release.version === undefined) return tags;
  return [...tags, { name: release.name, version: plan.version, prerelease: plan.version.includes('-'), sha: end.sha }];
}

/** Of the history: the one that comes next, when it is stable. */
function newestStable({ plan, release }: NextRelease): string | undefined {
  return release.version !== undefined && !plan.version.includes('-') ? plan.version : plan.previous;
}
