import { Refusal } from './refusal.ts';

/** A release of release-kit: `v1.2.3`, or a candidate of it, `v1.2.3-rc.1`. */
export interface ReleaseVersion {
  readonly tag: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Number of the candidate; undefined for the release itself. */
  readonly candidate: number | undefined;
}

// Nine digits are exact in a number, and more than any project will need.
const pattern = /^v(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-rc\.([1-9]\d{0,8}))?$/;

/** Reads a tag; undefined when it is no release tag. */
export function releaseVersion(tag: string): ReleaseVersion | undefined {
  const match = pattern.exec(tag);
  if (match === null) return undefined;
  const [, major, minor, patch, candidate] = match;
  return {
    tag,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    candidate: candidate === undefined ? undefined : Number(candidate),
  };
}

/** The same for a tag that somebody named. @throws Refusal version */
export function namedVersion(tag: string): ReleaseVersion {
  const version = releaseVersion(tag);
  if (version !== undefined) return version;
  throw new Refusal('version', `${JSON.stringify(tag)} is no release tag`, 'Name it as v1.2.3, or v1.2.3-rc.1 for a candidate.');
}

/** Negative when `a` comes before `b`; a candidate comes before its release. */
export function compareVersions(a: ReleaseVersion, b: ReleaseVersion): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    a.patch - b.patch ||
    (a.candidate ?? Number.MAX_SAFE_INTEGER) - (b.candidate ?? Number.MAX_SAFE_INTEGER)
  );
}

/**
 * The tag that callers follow who want the newest release that changes nothing for them; undefined for candidates, which nobody should be
 * given unasked, and for 0.x, where Semantic Versioning promises nothing.
 */
export function floatingTag({ major, candidate }: ReleaseVersion): string | undefined {
  return candidate !== undefined || major === 0 ? undefined : `v${major}`;
}

/** What a README tells callers to write behind the `@`. */
export const callersRef = (version: ReleaseVersion): string => floatingTag(version) ?? version.tag;
