import { type Host, inertLine, UserError } from '@release-kit/action';
import { type CommittedFile, type GitData, gitData } from './git-data.ts';
import type { RemoteCommit } from './git-data-answers.ts';
import { type GitHubTarget, githubCalls } from './github-calls.ts';
import { isTaken, isUncertain } from './github-errors.ts';
import { type PullRequests, pullRequests, type RemotePull } from './pull-requests.ts';
import { bodyWith, commitMessage, digestOf, markedBody, ownDigest, requestedTag } from './request-marks.ts';

/** A pull request that, merged, leaves nothing to do for a release but its tag. */
export interface ReleaseRequest {
  /** Ours alone; without `refs/heads/`, as `base`. */
  readonly branch: string;
  readonly base: string;
  /** The commit that the release was worked out for, full. */
  readonly commit: string;
  /** Of the release. */
  readonly tag: string;
  /** Of the commit and the pull request. */
  readonly title: string;
  /** GitHub Markdown, inert. */
  readonly text: string;
  readonly files: readonly CommittedFile[];
}

/** What became of it. */
export type RequestOutcome =
  /** `changed`: something was written to GitHub. */
  | { readonly kind: 'open'; readonly pull: RemotePull; readonly changed: boolean }
  /** The commit is no longer (or not) the newest of the branch it goes into; nothing was written. */
  | { readonly kind: 'moved'; readonly head: string }
  /** People committed to our branch, or changed our commit; nothing was written. */
  | { readonly kind: 'foreign'; readonly head: string; readonly pull: RemotePull | undefined }
  /** A request was merged, but its tag does not exist yet; nothing was written. */
  | { readonly kind: 'waiting'; readonly pull: RemotePull; readonly tag: string }
  /** The files are as they should be: there is nothing to ask for. */
  | { readonly kind: 'empty' };

export type ClosedRequest = { readonly kind: 'none' } | { readonly kind: 'kept' | 'closed'; readonly pull: RemotePull };

const permissions = 'contents: write, and pull-requests: write';

/** Milliseconds before each further try. */
const pauses: readonly number[] = [1000, 4000];

/**
 * Opens a release request, or brings the open one up to date: one commit on top of `commit`, on a branch of our own, and one pull request. The same
 * request a second time writes nothing. Everything is read before anything is written, so that a further try goes on where one ended, and two runs
 * at a time end with one pull request. E_TOKEN, E_GITHUB.
 */
export async function bringReleaseRequest(host: Host, target: GitHubTarget, request: ReleaseRequest): Promise<RequestOutcome> {
  const calls = await githubCalls(host, target, permissions);
  return await retrying(host, () => bring(gitData(calls), pullRequests(calls), request));
}

/** Closes an open release request of a branch, since nothing asks for a release any more; one that people committed to is kept. */
export async function closeReleaseRequest(
  host: Host,
  target: GitHubTarget,
  { branch, base }: Pick<ReleaseRequest, 'branch' | 'base'>,
): Promise<ClosedRequest> {
  const calls = await githubCalls(host, target, permissions);
  const [git, pulls] = [gitData(calls), pullRequests(calls)];
  return await retrying(host, async (): Promise<ClosedRequest> => {
    const pull = (await pulls.ofBranch(branch)).find((one) => one.base === base && isOpenRequest(one));
    if (pull === undefined) return { kind: 'none' };
    const head = await git.reference(`heads/${branch}`);
    if (head === undefined || ownDigest(await git.commit(head)) === undefined) return { kind: 'kept', pull };
    await pulls.close(pull.number);
    return { kind: 'closed', pull };
  });
}

/** undefined when somebody changed the branch meanwhile. */
async function bring(git: GitData, pulls: PullRequests, request: ReleaseRequest): Promise<RequestOutcome | undefined> {
  const { branch, base, commit } = request;
  const newest = await git.reference(`heads/${base}`);
  if (newest === undefined) throw noBase(base);
  if (newest !== commit) return { kind: 'moved', head: newest };

  const all = await pulls.ofBranch(branch);
  const other = all.find(({ isOpen, base: into }) => isOpen && into !== base);
  if (other !== undefined) throw oneBranchForTwo(branch, base, other);
  const known = all.filter((pull) => pull.base === base);
  const waiting = await untagged(git, known);
  if (waiting !== undefined) return waiting;

  const open = known.find(({ isOpen }) => isOpen);
  const head = await git.reference(`heads/${branch}`);
  const standing = head === undefined ? undefined : await git.commit(head);
  // A branch that is merged or was never changed holds nothing of anybody.
  const isOurs = standing === undefined || standing.sha === commit || ownDigest(standing) !== undefined;
  if (!isOurs) return { kind: 'foreign', head: standing.sha, pull: open };

  const committed = await commitTo(git, request, standing);
  if (committed === 'empty') return { kind: 'empty' };
  if (committed === 'overtaken') return undefined;
  return await pullFor(pulls, request, open, committed === 'written');
}

/** Rules out what would ask for the same release again: the newest merged request of ours, when its tag is missing. */
async function untagged(git: GitData, known: readonly RemotePull[]): Promise<RequestOutcome | undefined> {
  const merged = known.filter(({ mergedAt, body }) => mergedAt !== '' && requestedTag(body) !== undefined);
  const [pull] = merged.toSorted((a, b) => (a.mergedAt < b.mergedAt ? 1 : -1));
  const tag = pull === undefined ? undefined : requestedTag(pull.body);
  if (pull === undefined || tag === undefined || (await git.reference(`tags/${tag}`)) !== undefined) return undefined;
  return { kind: 'waiting', pull, tag };
}

async function commitTo(
  git: GitData,
  { branch, commit, title, files }: ReleaseRequest,
  standing: RemoteCommit | undefined,
): Promise<'written' | 'current' | 'empty' | 'overtaken'> {
  const digest = digestOf(commit, title, files);
  if (standing !== undefined && ownDigest(standing) === digest) return 'current';
  const { tree: before } = await git.commit(commit);
  const tree = await git.tree(before, files);
  if (tree === before) return 'empty';
  const made = await git.createCommit(commitMessage(title, tree, digest), tree, commit);
  if (standing === undefined) await git.createBranch(branch, made);
  else {
    // GitHub moves a branch whatever it named; the look right before leaves people a moment only to be overtaken.
    if ((await git.reference(`heads/${branch}`)) !== standing.sha) return 'overtaken';
    await git.moveBranch(branch, made);
  }
  return 'written';
}

async function pullFor(
  pulls: PullRequests,
  { branch, base, title, tag, text }: ReleaseRequest,
  open: RemotePull | undefined,
  written: boolean,
): Promise<RequestOutcome> {
  const ours = markedBody(tag, text);
  if (open === undefined) return { kind: 'open', pull: await pulls.create({ title, body: ours, branch, base }), changed: true };
  const body = bodyWith(open.body, ours);
  // Without our marks it is the pull request of a person, who may describe it as they like.
  if (body === undefined || (body === open.body.replaceAll('\r\n', '\n') && title === open.title))
    return { kind: 'open', pull: open, changed: written };
  return { kind: 'open', pull: await pulls.update(open.number, { title, body }), changed: true };
}

/** Once more when nobody knows whether a change was made, and when another run or a person was faster. Reading again after an outage is the scheduler's. */
async function retrying<T>(host: Host, act: () => Promise<T | undefined>): Promise<T> {
  for (const pause of pauses) {
    try {
      const done = await act();
      if (done !== undefined) return done;
    } catch (error) {
      if (!isUncertain(error) && !isTaken(error)) throw error;
    }
    host.log.debug(`GitHub did not take the release request; another try in ${pause} ms`);
    await host.clock.sleep(pause);
  }
  const done = await act();
  if (done !== undefined) return done;
  throw new UserError('E_GITHUB', 'the branch of the release request was changed again and again', {
    cure: 'Let only one run at a time bring it up to date (concurrency), then run again.',
  });
}

const isOpenRequest = ({ isOpen, body }: RemotePull): boolean => isOpen && requestedTag(body) !== undefined;

function oneBranchForTwo(branch: string, base: string, other: RemotePull): UserError {
  return new UserError(
    'E_INPUT',
    `${branch} is the branch of #${other.number}, which goes into ${inertLine(other.base)} and not into ${base}`,
    {
      cure: 'Name another branch by the input branch: each branch that releases are made from needs one of its own.',
    },
  );
}

function noBase(base: string): UserError {
  return new UserError('E_INPUT', `GitHub has no branch ${base}, which the release request should go into`, {
    cure: 'Name the branch by the input base.',
  });
}
