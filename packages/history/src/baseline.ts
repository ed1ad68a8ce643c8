import semver from 'semver';
import { greatestTag, type ReleaseTag } from './release-tag.ts';

/** What a release is compared with. */
export interface Baseline {
  readonly tag: ReleaseTag;
  /** In words, to stand behind the tag's name. */
  readonly reason: string;
}

/**
 * What to compare a release with, by semantic precedence only, never by date or name:
 *
 * - a stable one with the greatest lower stable one, so that notes of 1.3.0 tell all that came since 1.2.9, whatever its candidates told;
 * - a pre-release with the greatest lower one of its line (`1.3.0-rc.2` with `1.3.0-rc.1` or `1.3.0-beta.4`), else with the greatest lower stable
 *   one; a project that never had a stable release gets the greatest lower pre-release;
 * - what is not tagged yet (`version` undefined) with the greatest stable one.
 *
 * Only tags of ancestors count, so that a backport (1.2.6 after 2.0.0) is compared within its own line. Undefined for a first release.
 *
 * @param version semantic version, without build data
 * @param before tags of the family on the commit and its ancestors
 * @param elsewhere tags of the family on commits that are neither ancestors nor descendants, to say when this is a backport
 */
export function findBaseline(
  version: string | undefined,
  before: readonly ReleaseTag[],
  elsewhere: readonly ReleaseTag[] = [],
): Baseline | undefined {
  const stable = before.filter(({ prerelease }) => !prerelease);
  if (version === undefined) return because(greatestTag(stable), 'the greatest stable release before it');
  const lower = stable.filter((tag) => semver.lt(tag.version, version));
  const newest = greatestTag(elsewhere.filter(({ prerelease }) => !prerelease));
  const backport =
    newest !== undefined && semver.gt(newest.version, version) ? ` (${newest.version} is on another branch: this is a backport)` : '';
  if (semver.prerelease(version) === null) return because(greatestTag(lower), `the greatest lower stable release before it${backport}`);

  const candidates = before.filter((tag) => tag.prerelease && semver.lt(tag.version, version));
  const core = coreOf(version);
  return (
    because(greatestTag(candidates.filter((tag) => coreOf(tag.version) === core)), `the greatest lower pre-release of ${core} before it`) ??
    because(greatestTag(lower), `the greatest lower stable release before it, as this is the first pre-release of ${core}${backport}`) ??
    because(greatestTag(candidates), 'the greatest lower pre-release before it, as no release is stable yet')
  );
}

function because(tag: ReleaseTag | undefined, reason: string): Baseline | undefined {
  return tag === undefined ? undefined : { tag, reason };
}

/** `1.3.0-rc.1` -> `1.3.0`; the version must be a semantic one. */
export function coreOf(version: string): string {
  const { major, minor, patch } = new semver.SemVer(version);
  return `${major}.${minor}.${patch}`;
}
