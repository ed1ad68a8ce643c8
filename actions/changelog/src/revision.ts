import { inertLine, UserError } from '@release-kit/action';
import { type Git, namedCommits } from '@release-kit/git';
import { type ReleaseTag, releaseTag, type TagFamily, tagName } from '@release-kit/history';
import type { HistoryRequest } from './history-request.ts';
import { ownTag } from './release-tags.ts';

/** Where the notes end. */
export interface End {
  /** As people know it: a tag, or what the input says. */
  readonly name: string;
  readonly sha: string;
  /** The release that this commit is, when it is named by a release tag. */
  readonly tag: ReleaseTag | undefined;
}

type EndRequest = Pick<HistoryRequest, 'to' | 'ref' | 'package' | 'packages'>;

/** What somebody wants the notes to be compared with. */
export interface NamedStart {
  readonly name: string;
  /** Of the tag; undefined of anything else. */
  readonly version: string | undefined;
  /** The newest commits that it has in common with the end; none of unrelated histories. */
  readonly shas: readonly string[];
}

/**
 * What `to` names: a tag before anything else of that name. On a runner that was started by a tag, HEAD is that tag
 * (`ref`); other tags of the same commit are never guessed from. Throws E_GIT for no commit, E_TAG for a tag of the
 * family that names no version.
 */
export async function findEnd(git: Git, { to, ref, package: owner, packages }: EndRequest): Promise<End> {
  const { family } = owner;
  const name = shortName(to);
  // v1.0.0~2 is the grandparent of a tag, and none itself: git-check-ref-format(1).
  const isName = !/[~^:]|@\{/.test(name);
  const pushed = pushedTag(to, ref);
  const [tagged, sha, released] = await namedCommits(git, endNames({ to, ref }));
  if (isName && tagged !== undefined) {
    const tag = ownTag(name, owner, packages);
    if (releaseTag(name, family) === undefined && name.startsWith(family.prefix) && name.endsWith(family.suffix))
      throw new UserError('E_TAG', `the tag ${JSON.stringify(inertLine(name))} is not ${tagName(family, '*')} with a semantic version`);
    return { name, sha: tagged, tag };
  }
  if (sha === undefined) throw await noCommit(git, 'to', to);
  const tag = pushed === undefined || released !== sha ? undefined : ownTag(pushed, owner, packages);
  return tag === undefined ? { name: to, sha, tag } : { name: tag.name, sha, tag };
}

/** What git is asked about to find the end: the tag, whatever else has that name, and the tag that was pushed. */
export function endNames({ to, ref }: Pick<EndRequest, 'to' | 'ref'>): readonly string[] {
  const tag = `refs/tags/${shortName(to)}`;
  const pushed = pushedTag(to, ref);
  return [tag, to, pushed === undefined ? tag : `refs/tags/${pushed}`];
}

const shortName = (to: string): string => to.replace(/^refs\/tags\//, '');

const pushedTag = (to: string, ref: string | undefined): string | undefined =>
  ref?.startsWith('refs/tags/') === true && to === 'HEAD' ? ref.slice('refs/tags/'.length) : undefined;

/** What `from` names, as the notes of `end` see it. Throws E_GIT for no commit. */
export async function findNamedStart(git: Git, from: string, end: string, family: TagFamily): Promise<NamedStart> {
  const name = from.replace(/^refs\/tags\//, '');
  const [tagged, named] = await namedCommits(git, [`refs/tags/${name}`, from]);
  const sha = tagged ?? named;
  if (sha === undefined) throw await noCommit(git, 'from', from);
  const version = tagged === undefined ? undefined : releaseTag(name, family)?.version;
  return { name, version, shas: await commonAncestors(git, [end, sha]) };
}

/** The newest commits that all of these are or have as ancestors; none when they are unrelated. */
export async function commonAncestors(git: Git, shas: readonly string[]): Promise<readonly string[]> {
  const different = [...new Set(shas)];
  if (different.length < 2) return different;
  const { stdout } = await git.run(['merge-base', '--octopus', '--all', ...different], { allow: [0, 1] });
  return stdout.split('\n').filter((line) => line !== '');
}

/** Of the committer, seconds since 1970. */
export async function timestampOf(git: Git, sha: string): Promise<number> {
  const { stdout } = await git.run(['log', '-1', '--no-patch', '--no-show-signature', '--no-color', '--format=%ct', sha, '--']);
  return Number(stdout.trim()) || 0;
}

async function noCommit(git: Git, input: string, name: string): Promise<UserError> {
  if (name === 'HEAD') {
    // Tells a repository without commits from one that git cannot read; the latter ends here with git's own words.
    await git.run(['rev-parse', '--git-dir']);
    return new UserError('E_GIT', `${git.checkout} has no commits yet`, { cure: 'Commit something first.' });
  }
  return new UserError('E_GIT', `${input} is ${JSON.stringify(inertLine(name))}, which names no commit, branch or tag of this checkout`, {
    cure: 'Correct the name; on a runner, check out with fetch-depth: 0, which fetches the tags as well.',
  });
}
