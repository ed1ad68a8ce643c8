import { UserError } from '@release-kit/action';
import { compareVersions, debianVersionOf, parseTag, parseVersion } from '@release-kit/debian';
import type { Snapshot } from './snapshot-version.ts';

/** A release tag (v1.2.3, v1.2.3-rc.1), a Debian version, the version of a commit between releases; undefined: debian/changelog's. */
export type WantedVersion = string | Snapshot | undefined;

export interface BuildVersion {
  /** The Debian version that is built. */
  readonly version: string;
  /** Whether debian/changelog needs a new entry for it, in the copy that is built. */
  readonly newEntry: boolean;
  /** Why, for the log. */
  readonly reason: string;
}

/** What debian/changelog says now. */
export interface ChangelogVersion {
  readonly version: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Decides which version is built.
 * A tag says nothing of epoch and revision, so these stay as the changelog has them, and a native package stays native.
 * Throws E_TAG, and E_VERSION when `given` is no version or older than the changelog.
 */
export function decideVersion(given: WantedVersion, newest: ChangelogVersion): BuildVersion {
  if (typeof given === 'object') return { version: given.version, newEntry: true, reason: given.reason };
  if (given === undefined) return { version: newest.version, newEntry: false, reason: 'from debian/changelog' };
  const wanted = /^[0-9]/.test(given) ? given : versionOfTag(given, newest.version);
  parseVersion(wanted);
  const order = compareVersions(wanted, newest.version);
  if (order === 0) return { version: newest.version, newEntry: false, reason: `debian/changelog and ${given} agree` };
  if (order > 0)
    return {
      version: wanted,
      newEntry: true,
      reason: `from ${given}; debian/changelog says ${newest.version}, so the build adds an entry`,
    };
  throw new UserError('E_VERSION', `${given} means version ${wanted}, but debian/changelog is already at ${newest.version}`, {
    place: { file: newest.file, line: newest.line },
    cure: 'Tag a newer version, or build without a version to take the one of debian/changelog.',
  });
}

function versionOfTag(tag: string, newest: string): string {
  const { epoch, upstream, revision } = parseVersion(newest);
  const native = revision === undefined;
  const ofTag = debianVersionOf(parseTag(tag).version, native ? '' : '1');
  // The changelog may have packaged the same release a second time: 1.2.3-4 is what v1.2.3 means then.
  if (parseVersion(ofTag).upstream === upstream) return newest;
  return epoch === 0 ? ofTag : `${epoch}:${ofTag}`;
}

/** As file names have it: without the epoch (Policy 5.6.12). */
export function withoutEpoch(version: string): string {
  return version.replace(/^[0-9]+:/, '');
}
