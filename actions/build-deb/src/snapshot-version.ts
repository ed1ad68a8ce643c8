import { UserError } from '@release-kit/action';
import { compareVersions, debianVersionOf, parseTag, parseVersion } from '@release-kit/debian';

/** What git says of the commit that is built. */
export interface CommitFacts {
  /** Full hexadecimal id. */
  readonly sha: string;
  /** How many commits it has behind it, itself included. */
  readonly count: number;
  /** The latest date of a committer among them, seconds since 1970. */
  readonly newest: number;
  /** Names of the tags among them, without refs/tags/. */
  readonly tags: readonly string[];
}

/** A version for a commit that is no release. */
export interface Snapshot {
  readonly version: string;
  /** Seven digits, for people. */
  readonly commit: string;
  readonly reason: string;
}

/**
 * The version of a commit between releases, above everything released before it and below everything released after it:
 * `1.2.4~~git20261121.57.abc1234` on the way to 1.2.4, `1.3.0~rc.1+git20261121.60.abc1234` after v1.3.0-rc.1.
 *
 * Released is what a release tag names; a newer version in debian/changelog is the next one. Two tildes, because with one
 * `1.2.4~git` would sort above a later `1.2.4~beta.1`. Date and count never fall along a history: the date is the latest
 * of all commits so far (clocks go wrong, branches are rebased), the count grows with each commit. Dates are in UTC.
 */
export function snapshotVersion(changelog: string, commit: CommitFacts): Snapshot {
  const { epoch, upstream, revision } = parseVersion(changelog);
  const short = commit.sha.slice(0, 7);
  const stamp = `git${dateText(commit.newest)}.${commit.count}.${short}`;
  const last = greatest(commit.tags);
  const { base, reason } = decideBase(upstream, last);
  const version = `${epoch === 0 ? '' : `${epoch}:`}${base}${stamp}${revision === undefined ? '' : '-1'}`;
  parseVersion(version);
  return { version, commit: short, reason: `snapshot of commit ${short}, ${reason}` };
}

interface TaggedVersion {
  readonly tag: string;
  readonly upstream: string;
  readonly prerelease: boolean;
}

function decideBase(upstream: string, last: TaggedVersion | undefined): { readonly base: string; readonly reason: string } {
  const towards = { base: `${upstream}~~`, reason: `before ${upstream} of debian/changelog` };
  if (last === undefined) return { ...towards, reason: `${towards.reason}, for nothing is tagged yet` };
  if (compareVersions(upstream, last.upstream) > 0 && compareVersions(towards.base, last.upstream) > 0) return towards;
  if (last.prerelease) return { base: `${afterPrerelease(last.upstream)}+`, reason: `after ${last.tag}` };
  const next = nextPatch(last.upstream);
  return { base: `${next}~~`, reason: `before ${next}, the next after ${last.tag}` };
}

/** The digit keeps `a+git` below `ab`: dpkg sorts the end of letters and any digit before letters, but + after them. */
function afterPrerelease(upstream: string): string {
  return /[A-Za-z]$/.test(upstream) ? `${upstream}0` : upstream;
}

function nextPatch(core: string): string {
  const numbers = core.split('.');
  const patch = BigInt(numbers.at(-1) ?? '0') + 1n;
  return [...numbers.slice(0, -1), patch].join('.');
}

/** The greatest by dpkg's order, which is the order of semver.org for every tag that is taken. Other tags say nothing of releases. */
function greatest(tags: readonly string[]): TaggedVersion | undefined {
  return tags
    .map(taggedVersion)
    .filter((version) => version !== undefined)
    .reduce<TaggedVersion | undefined>(
      (most, each) => (most === undefined || compareVersions(each.upstream, most.upstream) > 0 ? each : most),
      undefined,
    );
}

function taggedVersion(tag: string): TaggedVersion | undefined {
  try {
    const { version, prerelease } = parseTag(tag);
    return { tag, upstream: debianVersionOf(version, ''), prerelease };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** `20261121` */
function dateText(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10).replaceAll('-', '');
}
