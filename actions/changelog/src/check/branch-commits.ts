import { inertLine, UserError } from '@release-kit/action';
import { type Git, type LoggedCommit, pullRequestBase, readLog } from '@release-kit/git';
import type { PullRequestText } from '@release-kit/github';

/** What a pull request, or a branch, adds to what it goes into. */
export interface BranchCommits {
  /** Newest first, with merges; undefined where the checkout does not have them. */
  readonly commits: readonly LoggedCommit[] | undefined;
  /** Newest commit of the branch, full. */
  readonly head: string;
  /** Newest commit of what it goes into, full; undefined where nothing tells. */
  readonly base: string | undefined;
  /** Why the commits, or some of them, are not known. */
  readonly missing: string | undefined;
}

/** Nobody reviews more. */
const maxCommits = 1000;

/**
 * The commits of a pull request, as the checkout has them: it may be GitHub's trial merge, and have no history at all. E_GIT.
 *
 * @param paths whether the changed files are wanted
 */
export async function commitsOfPull(git: Git, pull: PullRequestText, paths: boolean): Promise<BranchCommits> {
  const head = pull.headSha;
  const unknown = (missing: string): BranchCommits => ({ commits: undefined, head, base: undefined, missing });
  if (git.deepened === undefined && (await isShallow(git)))
    return unknown('the checkout has no history: give actions/checkout fetch-depth: 0');
  if ((await commitOf(git, head)) === undefined) return unknown('the checkout does not have the branch of the pull request');
  const base = await pullRequestBase(git, pull);
  if (base.kind === 'unknown') return unknown(base.reason);
  return await commitsBetween(git, base.commit, head, paths);
}

/** The commits that `to` has and `base` has not, outside of pull requests. E_GIT; E_INPUT when `base` is not named and cannot be told. */
export async function commitsOfBranch(git: Git, to: string, base: string | undefined, paths: boolean): Promise<BranchCommits> {
  const head = await commitOf(git, to);
  if (head === undefined) throw noCommit('to', to);
  const named = base === undefined ? await commitOf(git, 'refs/remotes/origin/HEAD') : await baseOf(git, base);
  if (named === undefined)
    throw base === undefined
      ? new UserError('E_INPUT', 'nothing says which branch the commits go into', { cure: 'Name it by the input base, such as main.' })
      : noCommit('base', base);
  return await commitsBetween(git, named, head, paths);
}

/** The newest messages of what a name stands for, for a look at the habits of a project; none before its first commit. */
export async function newestMessages(git: Git, name: string, most: number): Promise<readonly string[]> {
  const sha = await commitOf(git, name);
  if (sha === undefined) return [];
  const messages: string[] = [];
  for await (const batch of readLog(git, { to: [sha] })) {
    for (const { message } of batch) messages.push(message);
    if (messages.length >= most) break;
  }
  return messages.slice(0, most);
}

/** A branch is most often known as the remote has it. */
async function baseOf(git: Git, base: string): Promise<string | undefined> {
  return (await commitOf(git, `refs/remotes/origin/${base}`)) ?? (await commitOf(git, base));
}

async function commitsBetween(git: Git, base: string, head: string, paths: boolean): Promise<BranchCommits> {
  const commits: LoggedCommit[] = [];
  for await (const batch of readLog(git, { to: [head], without: [base], paths })) {
    commits.push(...batch);
    if (commits.length > maxCommits) break;
  }
  const missing = commits.length > maxCommits ? `of its commits only the newest ${maxCommits} were read` : undefined;
  return { commits: commits.slice(0, maxCommits), head, base, missing };
}

async function isShallow(git: Git): Promise<boolean> {
  return (await git.run(['rev-parse', '--is-shallow-repository'])).stdout.trim() === 'true';
}

async function commitOf(git: Git, name: string): Promise<string | undefined> {
  const { stdout, exitCode } = await git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], {
    allow: [0, 1, 128],
  });
  return exitCode === 0 ? stdout.trim() : undefined;
}

function noCommit(input: string, name: string): UserError {
  return new UserError('E_GIT', `${input} is ${JSON.stringify(inertLine(name))}, which names no commit of this checkout`);
}
