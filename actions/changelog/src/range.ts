import { inertLine, UserError } from '@release-kit/action';
import type { Git } from '@release-kit/git';
import { baselineOf, type ReleaseTag, releaseTag } from '@release-kit/history';

/** Where the notes end. */
export interface End {
  /** As people know it: a tag, or what the input says. */
  readonly name: string;
  readonly sha: string;
  /** The release that this commit is, when it is named by a release tag. */
  readonly tag: ReleaseTag | undefined;
}

/** What they are compared with. */
export interface Start {
  readonly name: string;
  readonly sha: string;
  /** Semantic version to count from. */
  readonly version: string | undefined;
  readonly reason: string;
}

/** Throws E_GIT: with a part of the history every answer would be a guess. */
export async function refuseShallow(git: Git): Promise<void> {
  const { stdout } = await git.run(['rev-parse', '--is-shallow-repository']);
  if (stdout.trim() !== 'true') return;
  throw new UserError('E_GIT', 'the checkout is shallow: it lacks the history and the tags to compare with', {
    cure: 'Check out with fetch-depth: 0 (actions/checkout), or run git fetch --unshallow --tags.',
  });
}

/**
 * What `to` names: a tag before anything else of that name. On a runner that was started by a tag, HEAD is that tag
 * (`ref`); other tags of the same commit are never guessed from. Throws E_GIT for no commit, E_TAG for a tag of the
 * family that names no version.
 */
export async function findEnd(git: Git, to: string, prefix: string, ref: string | undefined): Promise<End> {
  const name = to.replace(/^refs\/tags\//, '');
  const tagged = await commitOf(git, `refs/tags/${name}`);
  if (tagged !== undefined) {
    const tag = releaseTag(name, prefix);
    if (tag === undefined && name.startsWith(prefix))
      throw new UserError('E_TAG', `the tag ${JSON.stringify(inertLine(name))} is not ${prefix} followed by a semantic version`);
    return { name, sha: tagged, tag };
  }
  const sha = await commitOf(git, to);
  if (sha === undefined) throw await noCommit(git, 'to', to);
  const pushed = ref?.startsWith('refs/tags/') === true && to === 'HEAD' ? ref.slice('refs/tags/'.length) : undefined;
  const tag = pushed === undefined ? undefined : releaseTag(pushed, prefix);
  if (tag !== undefined && (await commitOf(git, `refs/tags/${tag.name}`)) === sha) return { name: tag.name, sha, tag };
  return { name: to, sha, tag: undefined };
}

/** The release tags of the family among the ancestors of a commit (and the commit itself). */
export async function releaseTags(git: Git, sha: string, prefix: string): Promise<readonly ReleaseTag[]> {
  const { stdout } = await git.run(['for-each-ref', `--merged=${sha}`, '--format=%(refname)', 'refs/tags']);
  return stdout
    .split('\n')
    .map((name) => releaseTag(name.slice('refs/tags/'.length), prefix))
    .filter((tag) => tag !== undefined);
}

/** What to compare with: `from` when given, else the baseline among `tags`; undefined for a first release. */
export async function findStart(
  git: Git,
  from: string | undefined,
  end: End,
  tags: readonly ReleaseTag[],
  prefix: string,
): Promise<Start | undefined> {
  const baseline = baselineOf(end.tag?.version, tags);
  if (from !== undefined) {
    const name = from.replace(/^refs\/tags\//, '');
    const tagged = await commitOf(git, `refs/tags/${name}`);
    const sha = tagged ?? (await commitOf(git, from));
    if (sha === undefined) throw await noCommit(git, 'from', from);
    const version = (tagged === undefined ? undefined : releaseTag(name, prefix)?.version) ?? baseline?.version;
    return { name, sha, version, reason: 'named by the input from' };
  }
  if (baseline === undefined) return undefined;
  const sha = await commitOf(git, `refs/tags/${baseline.name}`);
  if (sha === undefined) throw new UserError('E_GIT', `the tag ${baseline.name} vanished while the history was read`);
  const kind =
    end.tag?.prerelease === true
      ? 'greatest lower release'
      : end.tag === undefined
        ? 'greatest stable release'
        : 'greatest lower stable release';
  return { name: baseline.name, sha, version: baseline.version, reason: `the ${kind} before it` };
}

/** The full SHA of the commit that a name stands for; undefined when it stands for none. */
async function commitOf(git: Git, name: string): Promise<string | undefined> {
  const { stdout, exitCode } = await git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], {
    allow: [0, 1, 128],
  });
  const sha = stdout.trim();
  return exitCode === 0 && /^[0-9a-f]{40,64}$/.test(sha) ? sha : undefined;
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
