import { UserError } from '@release-kit/action';
import { compareVersions, debianVersionOf, parseTag, parseVersion } from '@release-kit/debian';
import type { Snapshot } from './snapshot-version.ts';

/** The same source built once more, for example against a newer library: `1.2.3-4+b1`. */
export interface Rebuild {
  /** From 1. */
  readonly rebuild: number;
}

/** A release tag (v1.2.3, v1.2.3-rc.1), a Debian version, the version of a commit between releases; undefined: debian/changelog's. */
export type PlainVersion = string | Snapshot | undefined;

/** One of several builds of a version, each for another distribution: `1.2.3-1+debian12`. */
export interface Suffixed {
  readonly plain: PlainVersion;
  /** With its plus sign. */
  readonly suffix: string;
}

export type WantedVersion = PlainVersion | Rebuild | Suffixed;

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
  if (typeof given === 'object' && 'rebuild' in given) {
    // Debian's own form: above the version it rebuilds, below every later revision of it.
    return {
      version: `${newest.version}+b${given.rebuild}`,
      newEntry: true,
      reason: `rebuild ${given.rebuild} of ${newest.version}, binary packages only`,
    };
  }
  if (typeof given === 'object' && 'suffix' in given) {
    const { version, reason } = decideVersion(given.plain, newest);
    return { version: `${version}${given.suffix}`, newEntry: true, reason: `${reason}; with ${given.suffix} for its distribution` };
  }
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

/**
 * What is wrong when a run was started by a release tag, is told no version, and debian/changelog is of another one: the release
 * would not hold what its name says. undefined where both agree, and where `ref` is no release tag.
 */
export function disagreement(ref: string | undefined, newest: ChangelogVersion): UserError | undefined {
  const tag = ref?.startsWith('refs/tags/') === true ? ref.slice('refs/tags/'.length) : undefined;
  const meant = tag === undefined ? undefined : versionOfReleaseTag(tag);
  if (tag === undefined || meant === undefined) return undefined;
  const { upstream } = parseVersion(newest.version);
  const order = compareVersions(meant, upstream);
  if (order === 0) return undefined;
  const wrong = order > 0 ? 'the changelog has no entry for it' : 'the tag is older, or at the wrong commit';
  return new UserError('E_VERSION', `this is a run of ${tag}, but debian/changelog is at ${newest.version}: ${wrong}`, {
    place: { file: newest.file, line: newest.line },
    cure:
      order > 0
        ? 'Give the input version the tag (github.ref_name), and the build adds the entry; or add it before you tag.'
        : 'Tag the version of debian/changelog at this commit, or take the tag away.',
  });
}

function versionOfReleaseTag(tag: string): string | undefined {
  try {
    return debianVersionOf(parseTag(tag).version, '');
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** As file names have it: without the epoch (Policy 5.6.12). */
export function withoutEpoch(version: string): string {
  return version.replace(/^[0-9]+:/, '');
}
