import { UserError } from '@release-kit/action';
import { parseTag, parseVersion } from '@release-kit/debian';
import semver from 'semver';

export interface ChosenTag {
  readonly tag: string;
  /** `version`: the Debian version decided the tag; otherwise the tag decides the version that is built. */
  readonly origin: 'named' | 'commit' | 'version';
  /** In words, for the log. */
  readonly reason: string;
}

/**
 * The release tag of a local run: named by the user, else the tag of the commit, else made from the Debian version.
 * A Debian version whose upstream part is no semantic version (2.10) is completed (v2.10.0).
 */
export function chooseTag(named: string | undefined, onCommit: readonly string[], version: string): ChosenTag {
  if (named !== undefined) return { tag: parseTag(named).tag, origin: 'named', reason: 'as named' };
  const release = onCommit.find(isReleaseTag);
  if (release !== undefined) return { tag: release, origin: 'commit', reason: 'the tag of this commit' };
  const { upstream } = parseVersion(version);
  const exact = `v${upstream.replace('~', '-')}`;
  if (isReleaseTag(exact)) return { tag: exact, origin: 'version', reason: `from Debian version ${version}` };
  const whole = semver.coerce(upstream)?.version ?? '0.0.0';
  return { tag: `v${whole}`, origin: 'version', reason: `Debian version ${version} made a semantic one` };
}

function isReleaseTag(tag: string): boolean {
  try {
    parseTag(tag);
    return true;
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_TAG') return false;
    throw error;
  }
}
