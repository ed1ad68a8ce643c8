import { UserError } from '@release-kit/action';
import type { Git } from '@release-kit/git';
import {
  baselineOfPlan,
  type CommitWarning,
  contributorsOf,
  greaterThanTag,
  greatestTag,
  type HistoryNode,
  type ParsedCommit,
  type PlacedTag,
  planningStarts,
  planOfTag,
  planVersion,
  type Release,
  tagName,
  type VersionPlan,
  versionOverride,
} from '@release-kit/history';
import { newcomers } from './first-timers.ts';
import { type Ranges, readAround } from './history-ranges.ts';
import type { HistoryRequest } from './history-request.ts';
import type { WholeHistory } from './read-history.ts';
import { isStable, type TagsAround } from './release-tags.ts';
import { type End, findEnd, timestampOf } from './revision.ts';

/** What notes are compared with. */
export type Start = NonNullable<Release['previous']>;

/** One warning about the message of a commit. */
export interface CommitRemark {
  readonly sha: string;
  readonly warning: CommitWarning;
}

/** The release that a commit is, or will be. */
export interface NextRelease {
  readonly plan: VersionPlan;
  /** Why no version can follow, where that was no error: the plan is to release nothing. */
  readonly unplanned: string | undefined;
  readonly release: Release;
  readonly end: End;
  /** undefined for a first release. */
  readonly start: Start | undefined;
  /** Release tags on the commit and its ancestors, at least down to the greatest stable one. */
  readonly before: readonly PlacedTag[];
  /** What commits of the release may mean otherwise, newest first. */
  readonly remarks: readonly CommitRemark[];
  /** Everything that it has, with merges and what was taken back. */
  readonly nodes: readonly HistoryNode[];
  /** What the commits ask for at the least, when the tag of the release says less. */
  readonly askedMore: string | undefined;
}

/**
 * Works out the release that `to` is, or the one that comes next: its version, what it is compared with, and its commits. The log is read once, by one process,
 * over the widest range that any of these needs.
 *
 * @param found what `to` names, where that is known
 * @param whole the history of it, where that is held
 * @throws UserError E_GIT, E_TAG, E_HISTORY, E_INPUT
 */
export async function describeNext(git: Git, request: HistoryRequest, found?: End, whole?: WholeHistory): Promise<NextRelease> {
  const { family } = request.package;
  const end = found ?? (await findEnd(git, request));
  const { tags, from, history } = await readAround(git, end, request, whole);
  const { plan, unplanned } =
    end.tag === undefined ? await planOrNone(history, tags, request) : { plan: planOfTag(end.tag, tags.before), unplanned: undefined };
  const baseline = baselineOfPlan(plan, tags.before, tags.elsewhere);
  const start: Start | undefined =
    from !== undefined
      ? { name: from.name, version: from.version, reason: 'named by the input from' }
      : baseline === undefined
        ? undefined
        : { name: baseline.tag.name, version: baseline.tag.version, reason: baseline.reason };
  const place = tags.before.find(({ name }) => name === baseline?.tag.name);
  const { all, lasting } = await history.since(from?.shas ?? (place === undefined ? [] : [place.sha]));
  const isNew = request.firstTimers ? await newcomers(git, all, lasting, request) : () => false;
  const isReleased = end.tag !== undefined || plan.bump !== 'none';
  const release: Release = {
    name: end.tag?.name ?? (isReleased ? tagName(family, plan.version) : unreleasedName(end, unplanned)),
    version: isReleased ? plan.version : undefined,
    sha: end.sha,
    timestamp: lasting[0]?.sha === end.sha ? lasting[0].timestamp : await timestampOf(git, end.sha),
    previous: start,
    commits: lasting,
    count: all.filter(({ commits }) => commits.length > 0).length,
    contributors: contributorsOf(lasting, isNew),
  };
  const remarks = all.flatMap(({ sha, commits }) =>
    commits.flatMap(({ warnings }) => warnings.map((warning): CommitRemark => ({ sha, warning }))),
  );
  const askedMore =
    end.tag === undefined || from !== undefined ? undefined : greaterThanTag(end.tag, baseline?.tag, lasting, request.rules);
  return { plan, unplanned, release, end, start, before: tags.before, remarks, nodes: all, askedMore };
}

function unreleasedName(end: End, unplanned: string | undefined): string {
  if (unplanned !== undefined) return 'Unreleased';
  return end.name === 'HEAD' ? end.sha.slice(0, 7) : end.name;
}

/** The history may go on from a release that is on another branch: its part up to here has no version then, but can be told. */
async function planOrNone(history: Ranges, tags: TagsAround, request: HistoryRequest) {
  try {
    return { plan: await planNext(history, tags, request), unplanned: undefined };
  } catch (error) {
    const newest = greatestTag(tags.before);
    const { step, named, withoutVersion } = request;
    // Who asks for a version hears why it cannot be.
    const isAsked = step.kind !== 'stable' || named.input !== undefined || named.file !== undefined;
    if (withoutVersion !== true || isAsked || newest === undefined) throw error;
    if (!(error instanceof UserError) || error.code !== 'E_HISTORY') throw error;
    const previous = tags.before.filter(isStable)[0]?.version;
    const plan: VersionPlan = { version: newest.version, bump: 'none', previous, explain: [`No version follows: ${error.message}`] };
    return { plan, unplanned: error.message };
  }
}

async function planNext(history: Ranges, { before, elsewhere }: TagsAround, request: HistoryRequest): Promise<VersionPlan> {
  const { stable, preRelease } = planningStarts(before);
  const { lasting: commits } = await history.since(stable === undefined ? [] : [stable.sha]);
  const sincePreRelease = preRelease === undefined ? undefined : await history.since([preRelease.sha]);
  const { named, step, rules } = request;
  return planVersion({
    step,
    before,
    elsewhere,
    commits,
    commitsSincePreRelease: sincePreRelease?.lasting ?? [],
    override: versionOverride({ ...named, commits: withOpenWish(commits, before) }, greatestTag(before)?.version),
    rules,
  });
}

/** A version that a `Release-As` has led to is no wish any more; older ones were overtaken by it. */
function withOpenWish(commits: readonly ParsedCommit[], before: TagsAround['before']): readonly ParsedCommit[] {
  const wish = commits
    .find(({ releaseAs }) => releaseAs !== undefined)
    ?.releaseAs?.trim()
    .replace(/^v(?=\d)/, '');
  return before.some(({ version }) => version === wish) ? [] : commits;
}
