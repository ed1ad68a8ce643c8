import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { type Git, openGit } from './git.ts';
import { type Remote, runWithRemote } from './remote.ts';

/** A bare repository of our own, removed when disposed of. It holds commits without files. */
export interface FetchedHistory extends AsyncDisposable {
  readonly git: Git;
  /** What the newest commits have and the start has not; undefined when everything was fetched. */
  readonly range: ReadonlyMap<string, FetchedCommit> | undefined;
  /** The parents of the range outside of it, which the start is or has. */
  readonly boundary: readonly string[];
}

export interface FetchedCommit {
  readonly parents: readonly string[];
  /** Of the committer, seconds since 1970. */
  readonly timestamp: number;
}

export interface HistoryWish {
  /** In full. */
  readonly newest: readonly string[];
  /** In full; undefined: everything. */
  readonly start: string | undefined;
  /** Whether trees are wanted, for changed files. */
  readonly trees: boolean;
}

const noTrees = '--filter=tree:0';
const quiet = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules'];

/** An empty repository of our own, of the same kind as the checkout. */
export async function emptyHistory(host: Host, checkout: Git): Promise<Git> {
  const folder = await host.files.temporary('history');
  const git = await openGit(host, folder.path);
  const format = (await checkout.run(['rev-parse', '--show-object-format'])).stdout.trim();
  await git.run(['init', '--quiet', '--bare', `--object-format=${format}`, '.']);
  return {
    ...git,
    [Symbol.asyncDispose]: async () => {
      await git[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/**
 * Fetches what `newest` have and `start` has not, and no commit more besides the parents at its border. `--shallow-exclude` is no way to do it: it cuts every
 * merge whose one parent is excluded off from the other. So `start` is claimed to be there, and git has the other side work out what is missing, as in
 * every fetch: a graft file keeps git from looking for the parents of `start`. What is missing at the border is then fetched with depth 1, so that
 * the repository is an ordinary shallow one. Trees come with that step: with `start` claimed, trees of its past would be left out, which a revert may bring back.
 *
 * @throws UserError E_GIT when the remote cannot be read, has not got these, or (it sends nothing then) when `start` is newer
 */
export async function fetchHistory(
  host: Host,
  checkout: Git,
  remote: Remote,
  { newest, start, trees }: HistoryWish,
): Promise<FetchedHistory> {
  await using stack = new AsyncDisposableStack();
  const git = stack.use(await emptyHistory(host, checkout));
  const withTrees = trees ? '--filter=blob:none' : noTrees;
  if (start === undefined) {
    await fetchCommits(git, remote, newest, [withTrees]);
    const kept = stack.move();
    return { git, range: undefined, boundary: [], [Symbol.asyncDispose]: () => kept.disposeAsync() };
  }
  await fetchCommits(git, remote, [start], ['--depth=1', noTrees]);
  // What is listed here is told to the other side as cut off, which would then send what is behind it.
  await rm(join(git.checkout, 'shallow'), { force: true });
  await fetchCommits(git, remote, newest, [noTrees], [start]);

  const there = await readCommits(git);
  const range = new Map<string, FetchedCommit>();
  const boundary = new Set([start]);
  const open = [...newest];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    const commit = sha === start ? undefined : there.get(sha);
    if (commit === undefined) boundary.add(sha);
    else if (!range.has(sha)) {
      range.set(sha, commit);
      open.push(...commit.parents);
    }
  }
  await forgetNames(git);
  const single = [...boundary, ...(trees ? range.keys() : [])];
  await fetchCommits(git, remote, single, ['--depth=1', withTrees], cutOff(range, boundary));
  await writeFile(join(git.checkout, 'shallow'), [...boundary].map((sha) => `${sha}\n`).join(''));
  const kept = stack.move();
  return { git, range, boundary: [...boundary].sort(), [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Fetches one commit each, to know when they were made. */
export async function fetchSingle(git: Git, remote: Remote, commits: readonly string[]): Promise<ReadonlyMap<string, FetchedCommit>> {
  await fetchCommits(git, remote, commits, ['--depth=1', noTrees]);
  return readCommits(git);
}

/** Graft lines that leave out the parents which are not there. */
function cutOff(range: ReadonlyMap<string, FetchedCommit>, boundary: ReadonlySet<string>): readonly string[] {
  return [...range]
    .filter(([, { parents }]) => parents.some((parent) => boundary.has(parent)))
    .map(([sha, { parents }]) => [sha, ...parents.filter((parent) => !boundary.has(parent))].join(' '));
}

/** A commit that has a name is one that git offers to the other side, which then sends nothing that is behind it. */
async function forgetNames(git: Git): Promise<void> {
  const { stdout } = await git.run(['for-each-ref', '--format=delete %(refname)', 'refs/fetched']);
  await git.run(['update-ref', '--stdin'], { stdin: stdout });
}

async function fetchCommits(
  git: Git,
  remote: Remote,
  commits: readonly string[],
  options: readonly string[],
  grafts: readonly string[] = [],
): Promise<void> {
  const file = join(git.checkout, 'grafts');
  await writeFile(file, grafts.map((line) => `${line}\n`).join(''));
  const refspecs = commits.map((sha) => `+${sha}:refs/fetched/${sha}\n`);
  const args = ['-c', 'advice.graftFileDeprecated=false', 'fetch', ...quiet, ...options, '--stdin', 'origin'];
  await runWithRemote(git, remote, args, { GIT_GRAFT_FILE: file }, refspecs.join(''));
}

/** All commits that are there, whatever is missing between them. */
async function readCommits(git: Git): Promise<ReadonlyMap<string, FetchedCommit>> {
  const listed = await git.run(['cat-file', '--batch-all-objects', '--unordered', '--batch-check=%(objecttype) %(objectname)']);
  const names = listed.stdout.split('\n').flatMap((line) => (line.startsWith('commit ') ? [line.slice('commit '.length)] : []));
  const commits = new Map<string, FetchedCommit>();
  if (names.length === 0) return commits;
  const form = ['--no-walk=unsorted', '--no-patch', '--no-color', '--no-show-signature', '--format=%H %ct %P'];
  await git.run(['log', ...form, '--stdin'], {
    stdin: `${names.join('\n')}\n`,
    keep: false,
    onLine: (line, stream) => {
      if (stream === 'stderr') return;
      const [sha = '', time, ...parents] = line.split(' ');
      commits.set(sha, { parents: parents.filter((parent) => parent !== ''), timestamp: Number(time) || 0 });
    },
  });
  return commits;
}
