import { type Git, readLog } from '@release-kit/git';
import {
  commitsSince,
  type HistoryNode,
  lastingCommits,
  leadsTo,
  needsPaths,
  nodeReader,
  type ParsedCommit,
  type PlacedTag,
  possibleStarts,
} from '@release-kit/history';
import type { HistoryRequest } from './history-request.ts';
import { historySearch } from './history-search.ts';
import { readHistory, type WholeHistory } from './read-history.ts';
import { isStable, lowerTags, nearTagsAround, releaseTags, type TagsAround, tagsAround } from './release-tags.ts';
import { commonAncestors, type End, findNamedStart, type NamedStart } from './revision.ts';

/** The ranges of one history, all that end with the same commit. */
export interface Ranges {
  /** What none of these commits has, newest first; everything without any. They are on the way to the end, or what was asked for by name. */
  since(starts: readonly string[]): Promise<Range>;
}

export interface Range {
  /** With what was taken back, and commits of other packages. */
  readonly all: readonly HistoryNode[];
  readonly lasting: readonly ParsedCommit[];
}

/** What is around the end of the notes. */
export interface HistoryAround {
  readonly tags: TagsAround;
  /** What they are compared with on request. */
  readonly from: NamedStart | undefined;
  readonly history: Ranges;
}

/**
 * Finds the tags around a commit, and reads the log once, back to where the ranges that are asked for mostly end.
 *
 * Where the greatest releases are all on branches that were never merged, git would walk through the history to find out which of the others are ancestors,
 * again for the log from there, and again for what reverts name. So all of it is read then, once, if it can be held.
 *
 * @param whole where it is held, nothing is read
 * @throws UserError E_GIT, E_TAG
 */
export async function readAround(git: Git, end: End, request: HistoryRequest, whole?: WholeHistory): Promise<HistoryAround> {
  const from = request.from === undefined ? undefined : await findNamedStart(git, request.from, end.sha, request.package.family);
  const released = await releaseTags(git, request.package, request.packages);
  if (whole !== undefined) return await heldAround(git, end, request, released, from, whole);
  await using likely = readLikely(git, end, request, released);
  // What was fetched besides a shallow checkout goes no farther than it must.
  const isDeepened = git.deepened !== undefined;
  const near = isDeepened ? undefined : await nearTagsAround(git, end.sha, released, end.tag);
  if (near === undefined && !isDeepened) {
    await using read = await readHistory(git, end.sha, request);
    if (read.whole !== undefined) return await heldAround(git, end, request, released, from, read.whole);
  }
  const around = near ?? (await tagsAround(git, end.sha, released, end.tag));
  const starts = startsOf(around, from);
  const nodes = await (likely.start !== undefined && starts.near[0] === likely.start
    ? likely.nodes()
    : readRange(git, end, request, starts.near));
  // With wrong clocks git may have overlooked that a tag is an ancestor; then it is among what none of the others has.
  const shas = new Set(around.elsewhere.map(({ sha }) => sha));
  if (!nodes.some(({ sha }) => shas.has(sha))) return { tags: around, from, history: rangesOf(git, end, request, { nodes, starts }) };
  const tags = await tagsAround(git, end.sha, released, end.tag, undefined, true);
  const exact = startsOf(tags, from);
  const again = await readRange(git, end, request, exact.near);
  return { tags, from, history: rangesOf(git, end, request, { nodes: again, starts: exact }) };
}

async function heldAround(
  git: Git,
  end: End,
  request: HistoryRequest,
  released: readonly PlacedTag[],
  from: NamedStart | undefined,
  whole: WholeHistory,
): Promise<HistoryAround> {
  const tags = await tagsAround(git, end.sha, released, end.tag, whole);
  return { tags, from, history: rangesOf(git, end, request, { nodes: whole.commits, whole }) };
}

/** A range that is being read before it is known whether it is wanted. */
interface LikelyRange extends AsyncDisposable {
  /** Where it begins; undefined: nothing is read. */
  readonly start: string | undefined;
  readonly nodes: () => Promise<readonly HistoryNode[]>;
}

/** The greatest stable release is mostly an ancestor of what is described: so the log is read from there on while git finds out. */
function readLikely(git: Git, end: End, request: HistoryRequest, released: readonly PlacedTag[]): LikelyRange {
  // What was fetched besides a shallow checkout need not have it.
  const start = git.deepened === undefined ? lowerTags(released, end.tag).find(isStable)?.sha : undefined;
  const stop = new AbortController();
  const nodes = start === undefined ? Promise.resolve([]) : readRange(git, end, request, [start], stop.signal);
  // Whoever wants the range hears of it.
  nodes.catch(() => {});
  return {
    start,
    nodes: () => nodes,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await nodes.catch(() => {});
    },
  };
}

/** Where the log may end. */
interface Starts {
  /** Enough for ranges that begin at it or at what came after it. */
  readonly near: readonly string[];
  /** Enough for all ranges: what all of these have is left out by each. */
  readonly all: readonly string[];
}

function startsOf({ before }: TagsAround, from: NamedStart | undefined): Starts {
  const starts = possibleStarts(before);
  if (starts === undefined || from?.shas.length === 0) return { near: [], all: [] };
  const shas = [...starts.map(({ sha }) => sha), ...(from?.shas ?? [])];
  const [stable] = starts.filter(isStable);
  return { near: stable === undefined ? [] : [stable.sha], all: shas };
}

async function readRange(
  git: Git,
  end: End,
  request: HistoryRequest,
  without: readonly string[],
  signal?: AbortSignal,
): Promise<readonly HistoryNode[]> {
  const read = nodeReader(request.packages, request.package, request.reading);
  const nodes: HistoryNode[] = [];
  for await (const batch of readLog(git, { to: [end.sha], without, paths: needsPaths(request.packages), signal }))
    for (const logged of batch) nodes.push(read(logged));
  return nodes;
}

/** What was read: back to some starts, or all that is held. */
type Reading = { readonly nodes: readonly HistoryNode[] } & (
  | { readonly starts: Starts; readonly whole?: never }
  | { readonly whole: WholeHistory; readonly starts?: never }
);

function rangesOf(git: Git, end: End, request: HistoryRequest, { nodes, starts, whole }: Reading): Ranges {
  const pending = (request.pending ?? []).map(nodeReader(request.packages, request.package, request.reading));
  const search = historySearch(git, end.sha, whole);
  const known = new Map<string, Promise<Range>>();
  let read = [...pending, ...nodes];
  let near = starts?.near[0];
  const rangeOf = async (since: readonly string[]): Promise<Range> => {
    if (near !== undefined && !isRead(read, since, near)) {
      // Rarely: a pre-release that does not have the stable release before it.
      read = [...pending, ...(await readRange(git, end, request, await commonAncestors(git, starts?.all ?? [])))];
      near = undefined;
    }
    const all = commitsSince(read, since, whole === undefined || pending.length > 0 ? 'any' : 'one');
    const lasting = await lastingCommits(
      all.flatMap(({ commits }) => commits),
      search,
    );
    return { all, lasting };
  };
  return {
    since: (since) => {
      const key = since.join(' ');
      const range = known.get(key) ?? rangeOf(since);
      known.set(key, range);
      return range;
    },
  };
}

/** Whether what was read, all that `near` does not have, has all that none of these has. */
function isRead(nodes: readonly HistoryNode[], since: readonly string[], near: string): boolean {
  return since.length > 0 && since.every((start) => start === near || leadsTo(nodes, start, near));
}
