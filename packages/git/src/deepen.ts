import { CommandError, type Host, inertLine } from '@release-kit/action';
import { deepenedGit } from './deepened-git.ts';
import { emptyHistory, fetchHistory, fetchSingle } from './fetched-history.ts';
import type { Git } from './git.ts';
import { type Remote, remoteOf, tagsOfRemote } from './remote.ts';
import { commitsThere, type ShallowCheckout, shallowCheckout } from './shallow-checkout.ts';
import { isAncestor, type NamedCommit, readTags } from './tags.ts';

/** How far a shallow checkout is to be completed. */
export interface DepthWish<Tag extends NamedCommit> {
  /** A commit of the checkout, in full: what it has is wanted. */
  readonly sha: string;
  /** Of all tags, those that the history may have to reach, the likeliest first. None: the whole history is wanted. */
  readonly candidates: (tags: readonly NamedCommit[]) => readonly Tag[];
  /** Whether the history has to go no farther than this one, when it is an ancestor. */
  readonly enough: (tag: Tag) => boolean;
  /** A tag or a full SHA that it has to reach besides. */
  readonly from?: string | undefined;
  /** Whether changed files will be asked for. */
  readonly paths: boolean;
}

/** Before all of the history is fetched instead. */
const rounds = 3;
const maxSingle = 500;
/** Clocks of people are wrong by less. */
const daySeconds = 86_400;

/**
 * Completes a shallow checkout as far as a baseline needs it, without touching it: what is missing is fetched into a repository of our own, commits (and trees
 * with `paths`) only. Undefined when the checkout is whole.
 *
 * Which tag is the baseline is only known when the history is there. So the likeliest is tried: the remote is asked for what comes after it, exactly. That shows
 * whether it is an ancestor. Tags that are preferred to it are ruled out by their dates, since a commit is not older than what it descends from. Where
 * this leaves a doubt, all commits are fetched.
 *
 * @throws UserError E_GIT when the remote cannot be reached or has not got the commits
 */
export async function deepenTo<Tag extends NamedCommit>(host: Host, checkout: Git, wish: DepthWish<Tag>): Promise<Git | undefined> {
  const shallow = await shallowCheckout(checkout);
  if (shallow === undefined) return undefined;
  const remote = await remoteOf(host, checkout);
  const tags = await allTags(host, checkout, remote);
  const search: Search = { host, checkout, remote, sha: wish.sha, trees: wish.paths, tags };
  const found = await searchBaseline(search, wish);
  if (found !== undefined) return found;
  host.log.info(`The checkout is shallow: reading all of its history from ${remote.shown}`);
  return (await unless(/not our ref/, () => fetchSince(search, undefined))) ?? (await fetchBehind(search, shallow));
}

/** Those of the checkout, and the remote's others. */
async function allTags(host: Host, checkout: Git, remote: Remote): Promise<readonly NamedCommit[]> {
  const own = await readTags(checkout);
  const names = new Set(own.map(({ name }) => name));
  // Not from within the checkout, whose configuration may name a program for it.
  await using empty = await emptyHistory(host, checkout);
  return [...own, ...(await tagsOfRemote(empty, remote)).filter(({ name }) => !names.has(name))];
}

interface Search {
  readonly host: Host;
  readonly checkout: Git;
  readonly remote: Remote;
  readonly sha: string;
  readonly trees: boolean;
  readonly tags: readonly NamedCommit[];
}

async function searchBaseline<Tag extends NamedCommit>(
  search: Search,
  { candidates, enough, from }: DepthWish<Tag>,
): Promise<Git | undefined> {
  const named = search.tags.find(({ name }) => name === from?.replace(/^refs\/tags\//, ''))?.sha ?? from;
  let open = candidates(search.tags);
  for (let round = 0; round < rounds; round++) {
    const at = open.findIndex(enough);
    const start = open[at];
    if (start === undefined) return undefined;
    await using stack = new AsyncDisposableStack();
    // Nothing is sent for a commit that `start` has, and nothing can be for one that was never pushed.
    const git = await unless(/did not send all necessary objects|not our ref/, () => fetchSince(search, start.sha));
    if (git === undefined) return undefined;
    stack.use(git);
    const there = await commitsThere(git, search.sha);
    const preferred = open.slice(0, at);
    const reached = await isAncestor(git, start.sha, search.sha);
    const doubtful = (reached ? preferred : open.filter((tag) => tag !== start)).filter(({ sha }) => !there.has(sha));
    const ruledOut = await laterThan(search, doubtful, await newestTime(git));
    if (reached) {
      if (doubtful.some((tag) => !ruledOut.has(tag))) return undefined;
      for (const { sha } of preferred) if (there.has(sha) && !(await isAncestor(git, start.sha, sha))) return undefined;
      if (named !== undefined && !there.has(named)) return undefined;
      const count = there.size - (git.deepened?.boundary.length ?? 0);
      search.host.log.info(
        `The checkout is shallow: ${count} commits since ${inertLine(start.name)} were read from ${search.remote.shown}`,
      );
      stack.move();
      return git;
    }
    open = open.filter((tag) => tag !== start && !ruledOut.has(tag));
  }
  return undefined;
}

/** What `sha` has and `start` has not; all without `start`. */
async function fetchSince({ host, checkout, remote, sha, trees, tags }: Search, start: string | undefined): Promise<Git> {
  await using stack = new AsyncDisposableStack();
  const fetched = stack.use(await fetchHistory(host, checkout, remote, { newest: [sha], start, trees }));
  const git = await deepenedGit(fetched, checkout, sha, tags);
  stack.move();
  return git;
}

/** All that is behind the checkout, for commits that the remote does not have. */
async function fetchBehind({ host, checkout, remote, sha, trees, tags }: Search, shallow: ShallowCheckout): Promise<Git> {
  const there = await commitsThere(checkout, sha);
  await using stack = new AsyncDisposableStack();
  const newest = shallow.cut.filter((commit) => there.has(commit));
  const fetched = stack.use(await fetchHistory(host, checkout, remote, { newest, start: undefined, trees }));
  const git = await deepenedGit(fetched, checkout, sha, tags, shallow);
  stack.move();
  return git;
}

/** Undefined when git fails with these words, which are its own in every language that we let it speak. */
async function unless<Value>(words: RegExp, body: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof CommandError && error.failure.lastLines.some((line) => words.test(line))) return undefined;
    throw error;
  }
}

/** When the newest commit that a history was cut behind was made. */
async function newestTime(git: Git): Promise<number> {
  const form = ['--no-walk=unsorted', '--no-patch', '--no-color', '--no-show-signature', '--format=%ct'];
  const { stdout } = await git.run(['log', ...form, '--stdin'], {
    stdin: (git.deepened?.boundary ?? []).map((sha) => `${sha}\n`).join(''),
  });
  return Math.max(...stdout.split('\n').map(Number));
}

/** Those that are too new to be before what was made at `time`. */
async function laterThan<Tag extends NamedCommit>(
  { host, checkout, remote }: Search,
  tags: readonly Tag[],
  time: number,
): Promise<ReadonlySet<Tag>> {
  const asked = tags.slice(0, maxSingle);
  if (asked.length === 0) return new Set();
  await using git = await emptyHistory(host, checkout);
  // A tag that was never pushed stays in doubt.
  const commits = await unless(/not our ref/, () => fetchSingle(git, remote, [...new Set(asked.map(({ sha }) => sha))]));
  if (commits === undefined) return new Set();
  return new Set(asked.filter(({ sha }) => (commits.get(sha)?.timestamp ?? 0) > time + daySeconds));
}
