import { type ChangelogEntry, parseTag, parseVersion } from '@release-kit/debian';
import semver from 'semver';

export interface ChosenTag {
  readonly tag: string;
  /** In words, for the log. */
  readonly reason: string;
}

/**
 * The release tag of a local run: named by the user, else the tag of the commit, else made from debian/changelog.
 * A Debian version whose upstream part is no semantic version (2.10) is completed (v2.10.0).
 */
export function chooseTag(
  named: string | undefined,
  onCommit: readonly string[],
  newest: ChangelogEntry | undefined,
  built: string,
): ChosenTag {
  if (named !== undefined) return { tag: parseTag(named).tag, reason: 'as named' };
  const release = onCommit.find((tag) => isReleaseTag(tag));
  if (release !== undefined) return { tag: release, reason: 'the tag of this commit' };
  const version = newest?.version ?? built;
  const { upstream } = parseVersion(version);
  const exact = upstream.replace(/~/, '-');
  if (semver.valid(exact) !== null && isReleaseTag(`v${exact}`)) return { tag: `v${exact}`, reason: `from Debian version ${version}` };
  const whole = semver.coerce(upstream)?.version ?? '0.0.0';
  return { tag: `v${whole}`, reason: `from Debian version ${version}, whose upstream part is no semantic version` };
}

function isReleaseTag(tag: string): boolean {
  return /^v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(tag) && semver.valid(tag) !== null;
}
