import semver from 'semver';
import { type Baseline, coreOf, findBaseline } from './baseline.ts';
import type { ParsedCommit } from './commit.ts';
import { greatestTag, type ReleaseTag } from './release-tag.ts';
import { bumpBetween } from './version-bump.ts';
import { newestPreRelease, planVersion, type VersionPlan } from './version-plan.ts';
import type { VersionRules } from './version-rules.ts';

/** What the notes of a planned version are compared with; when nothing asks for a release, the newest release itself. */
export function baselineOfPlan(
  { version, bump }: VersionPlan,
  before: readonly ReleaseTag[],
  elsewhere: readonly ReleaseTag[],
): Baseline | undefined {
  const newest = bump === 'none' ? before.find((tag) => tag.version === version) : undefined;
  if (newest !== undefined) return { tag: newest, reason: 'the newest release before it, since nothing asks for another one' };
  return findBaseline(version, before, elsewhere);
}

/** The plan of a release that is tagged already. `before`: tags of the family on the commit and its ancestors. */
export function planOfTag(tag: ReleaseTag, before: readonly ReleaseTag[]): VersionPlan {
  const lower = before.filter(({ prerelease, version }) => !prerelease && semver.lt(version, tag.version));
  const previous = greatestTag(lower)?.version;
  const bump = previous === undefined ? 'initial' : bumpBetween(previous, tag.version);
  return { version: tag.version, bump, previous, explain: [`The tag says ${tag.version}`] };
}

/**
 * The version that the commits of a stable release ask for at the least, when its tag says less; undefined otherwise.
 *
 * @param start what it is compared with
 * @param commits since then, without what was reverted
 */
export function greaterThanTag(
  tag: ReleaseTag,
  start: ReleaseTag | undefined,
  commits: readonly ParsedCommit[],
  rules: VersionRules,
): string | undefined {
  if (tag.prerelease || start === undefined) return undefined;
  const step = { kind: 'stable' } as const;
  const { version } = planVersion({
    step,
    before: [start],
    elsewhere: [],
    commits,
    commitsSincePreRelease: [],
    override: undefined,
    rules,
  });
  return semver.gt(version, tag.version) ? version : undefined;
}

/**
 * The releases that a range may start at before a version is planned: the greatest stable one, and above it the greatest pre-release of each core version, since what is planned is
 * above all of them. Undefined: without a stable release the first one may have all commits.
 */
export function possibleStarts<Tag extends ReleaseTag>(before: readonly Tag[]): readonly Tag[] | undefined {
  const stable = greatestTag(before.filter(({ prerelease }) => !prerelease));
  if (stable === undefined) return undefined;
  const above = before.filter((tag) => tag.prerelease && semver.gt(tag.version, stable.version));
  const starts = new Set([stable, ...[...Map.groupBy(above, ({ version }) => coreOf(version)).values()].map(greatestTag)]);
  return before.filter((tag) => starts.has(tag));
}

/** The starts of the two ranges that a version is planned from. */
export function planningStarts<Tag extends ReleaseTag>(before: readonly Tag[]): { stable: Tag | undefined; preRelease: Tag | undefined } {
  const stable = findBaseline(undefined, before)?.tag;
  const preRelease = newestPreRelease(before);
  return { stable: before.find((tag) => tag === stable), preRelease: before.find((tag) => tag === preRelease) };
}
