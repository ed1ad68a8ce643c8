import { UserError } from '@release-kit/action/errors';
import type { PlacedTag } from './assign-releases.ts';
import { type ReleaseTag, releaseTag } from './release-tag.ts';
import { type TagFamily, tagFamily } from './tag-family.ts';

/** A tag that people take for a release, while it is none by the pattern of the package. */
export interface OverlookedTag {
  readonly name: string;
  readonly sha: string;
  /** What stands before its numbers. */
  readonly prefix: string;
  /** Whether it has a semantic version, so that another pattern would find it. */
  readonly isVersion: boolean;
  readonly numbers: readonly number[];
}

/** Longer names are nobody's release. */
const longestName = 200;
/** `2.42`, `8_20_0`, `26.08.0`, `51.beta`, `1.5.0rc2`: numbers, maybe with the word for a candidate. */
const numbered = /^(\d+(?:\.\d+)*|\d+(?:_\d+)*)(?:[._-]?(?:alpha|beta|rc|pre|dev|a|b|p)[._-]?\d*)?$/i;
/** Before these a tag is a release of the whole repository; `client-` may be a package of it. */
const usualPrefixes: ReadonlySet<string> = new Set(['', 'v', 'V', 'release-', 'release/', 'rel-', 'version-']);
/** A number alone, such as v26, is a version; a date or the number of a build is not. */
const largestAlone = 9999;

/**
 * The tags that look like releases although they are none of the family, the greatest number first.
 *
 * @param strays tags that are a release of no package
 * @param last the greatest release of the family that counts: then only those above it, whose names begin as those of whole repositories do; undefined of a first
 *   release, where each name may be the one that is meant
 */
export function overlookedTags(strays: readonly PlacedName[], family: TagFamily, last: ReleaseTag | undefined): readonly OverlookedTag[] {
  const least = last === undefined ? [] : numbersOf(last.version);
  const mayBegin = (prefix: string) =>
    last === undefined || prefix === family.prefix || (usualPrefixes.has(family.prefix) && usualPrefixes.has(prefix));
  const found = strays.flatMap(({ name, sha }) => {
    const tag = overlooked(name, sha);
    return tag === undefined || !mayBegin(tag.prefix) || (last !== undefined && compare(tag.numbers, least) <= 0) ? [] : [tag];
  });
  return found.sort((a, b) => compare(b.numbers, a.numbers) || (a.name < b.name ? -1 : 1));
}

export type PlacedName = Pick<PlacedTag, 'name' | 'sha'>;

function overlooked(name: string, sha: string): OverlookedTag | undefined {
  if (name.length > longestName) return undefined;
  for (const { index } of name.matchAll(/(?<![0-9.])[0-9]/g)) {
    const [prefix, text] = [name.slice(0, index), name.slice(index)];
    const isVersion = releaseTag(name, prefix) !== undefined;
    const isNumbered = numbered.exec(text);
    if (!isVersion && isNumbered === null) continue;
    const numbers = numbersOf(text);
    if (numbers.length === 1 && (!usualPrefixes.has(prefix) || (numbers[0] ?? 0) > largestAlone)) return undefined;
    return { name, sha, prefix, isVersion, numbers };
  }
  return undefined;
}

/** Of the part before any word. */
function numbersOf(text: string): readonly number[] {
  const [digits = ''] = /^\d+(?:[._]\d+)*/.exec(text) ?? [];
  return digits.split(/[._]/).map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The patterns that would find releases among these, those that find the most first. */
export function likelyPatterns(tags: readonly OverlookedTag[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { prefix } of tags.filter(isReleased)) if (isPattern(`${prefix}*`)) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts]
    .filter(([, count]) => count * 10 >= most)
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .map(([prefix]) => `${prefix}*`);
}

/** What begins with a digit behind the version is a revision of Debian, not a candidate. */
function isReleased({ name, prefix, isVersion }: OverlookedTag): boolean {
  return isVersion && /^\d+\.\d+\.\d+(?:$|-[A-Za-z])/.test(name.slice(prefix.length));
}

function isPattern(pattern: string): boolean {
  try {
    tagFamily(pattern);
    return true;
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_TAG') return false;
    throw error;
  }
}
