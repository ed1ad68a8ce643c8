/** What a release tag says: `v` and a semantic version. */
export interface ReleaseVersion {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** Identifiers of the pre-release part; none in a stable version. */
  readonly prerelease: readonly string[];
}

const number = '(0|[1-9][0-9]*)';
const words = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const tagged = new RegExp(`^v${number}\\.${number}\\.${number}(?:-(${words}))?(?:\\+${words})?$`);
const longest = 257;

/** The version of a tag; undefined for tags that name no release of the repository as a whole (`v1`, `nightly`, `library/v1.0.0`). */
export function releaseVersion(tag: string): ReleaseVersion | undefined {
  const [, major, minor, patch, pre] = (tag.length > longest ? null : tagged.exec(tag)) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  const prerelease = pre?.split('.') ?? [];
  // semver.org 9: numbers have no zeros in front.
  return prerelease.some((one) => /^0[0-9]+$/.test(one)) ? undefined : { major, minor, patch, prerelease };
}

/** Below 0 when `a` comes before `b`, 0 when neither does: semver.org 11, whatever the size of the numbers. Build data does not count. */
export function compareReleaseVersions(a: ReleaseVersion, b: ReleaseVersion): number {
  return (
    compareNumbers(a.major, b.major) ||
    compareNumbers(a.minor, b.minor) ||
    compareNumbers(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  );
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(one, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^[0-9]+$/.test(a), /^[0-9]+$/.test(b)];
  if (aIsNumber && bIsNumber) return compareNumbers(a, b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return compareTexts(a, b);
}

/** Without zeros in front the longer one is the greater. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || compareTexts(a, b);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
