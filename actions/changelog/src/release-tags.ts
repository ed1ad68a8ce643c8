import { type Git, type NamedCommit, nearTagsBefore, readTags, tagsBefore } from '@release-kit/git';
import { byPrecedence, type PlacedTag, packageTags, type ReleaseTag, type TaggedPackage } from '@release-kit/history';
import type { WholeHistory } from './read-history.ts';

/** The release tags of a package, as seen from one commit; those below the greatest stable one of `before` may be missing. */
export interface TagsAround {
  /** On the commit and its ancestors. */
  readonly before: readonly PlacedTag[];
  /** On commits that are neither ancestors nor, where it is about a tagged release, descendants. */
  readonly elsewhere: readonly PlacedTag[];
}

export const isStable = ({ prerelease }: ReleaseTag): boolean => !prerelease;

/** Those that what `end` is (undefined: no release yet) may be compared with, the greatest first. */
export function lowerTags(tags: readonly PlacedTag[], end: ReleaseTag | undefined): readonly PlacedTag[] {
  const sorted = sortedTags(tags);
  const place = end === undefined ? sorted.length : sorted.findIndex(({ name }) => name === end.name);
  return sorted.slice(0, place).toReversed();
}

/** Thousands of versions are compared once, for whoever asks. */
function sortedTags(tags: readonly PlacedTag[]): readonly PlacedTag[] {
  const known = inOrder.get(tags);
  if (known !== undefined) return known;
  const found = byPrecedence(tags);
  inOrder.set(tags, found);
  return found;
}

const inOrder = new WeakMap<readonly PlacedTag[], readonly PlacedTag[]>();

/**
 * Places release tags around a commit. They are asked about from the greatest on, until a stable one is found that the commit has: those below decide nothing,
 * and to find out about all of them would mean to walk through the whole history.
 *
 * @param exactly whatever the clocks say, see `tagsBefore`
 * @param end the tag of the commit that is described: greater ones only tell whether it is a backport
 */
export async function tagsAround(
  git: Git,
  sha: string,
  tags: readonly PlacedTag[],
  end: ReleaseTag | undefined,
  whole?: WholeHistory,
  exactly = false,
): Promise<TagsAround> {
  const lower = lowerTags(tags, end);
  const before = whole === undefined ? await tagsBefore(git, sha, lower, isStable, exactly) : heldBefore(lower, whole);
  return await placed(git, sha, tags, end, lower, before);
}

/** The same, where the greatest stable release that the commit has is among the greatest of all; undefined where it is not. */
export async function nearTagsAround(
  git: Git,
  sha: string,
  tags: readonly PlacedTag[],
  end: ReleaseTag | undefined,
): Promise<TagsAround | undefined> {
  const lower = lowerTags(tags, end);
  const before = await nearTagsBefore(git, sha, lower, isStable);
  return before === undefined ? undefined : await placed(git, sha, tags, end, lower, before);
}

async function placed(
  git: Git,
  sha: string,
  tags: readonly PlacedTag[],
  end: ReleaseTag | undefined,
  lower: readonly PlacedTag[],
  before: readonly PlacedTag[],
): Promise<TagsAround> {
  const last = before.at(-1);
  const asked = last !== undefined && isStable(last) ? lower.slice(0, lower.indexOf(last)) : lower;
  const have = new Set(before);
  const elsewhere = asked.filter((tag) => !have.has(tag));
  const newest = end === undefined ? undefined : sortedTags(tags).findLast(isStable);
  if (newest === undefined || newest.name === end?.name || lower.includes(newest)) return { before, elsewhere };
  return (await isOnAnotherBranch(git, sha, newest)) ? { before, elsewhere: [newest, ...elsewhere] } : { before, elsewhere };
}

function heldBefore(lower: readonly PlacedTag[], { has }: WholeHistory): readonly PlacedTag[] {
  const stable = lower.findIndex((tag) => isStable(tag) && has(tag.sha));
  return lower.slice(0, stable === -1 ? lower.length : stable + 1).filter((tag) => has(tag.sha));
}

/** Where a shallow checkout was completed, what came later is mostly missing, and nothing is said of it. */
async function isOnAnotherBranch(git: Git, sha: string, newer: PlacedTag): Promise<boolean> {
  if (git.deepened !== undefined && !git.deepened.present.has(newer.sha)) return false;
  return (await tagsBefore(git, newer.sha, [{ name: '', sha }], () => true)).length === 0;
}

/** All release tags of a package, in the order of names. */
export async function releaseTags<Package extends TaggedPackage>(
  git: Git,
  owner: TaggedPackage,
  packages: readonly Package[],
): Promise<readonly PlacedTag[]> {
  return ownTags(await readTags(git), owner, packages);
}

/** Of all tags the release tags of a package. */
export function ownTags<Package extends TaggedPackage>(
  tags: readonly NamedCommit[],
  owner: TaggedPackage,
  packages: readonly Package[],
): readonly PlacedTag[] {
  const ownerOf = packageTags(packages);
  return tags.flatMap(({ name, sha }) => {
    const found = ownerOf(name);
    return found?.owner.name === owner.name ? [{ ...found.tag, sha }] : [];
  });
}

/** The release of the package that a name of a tag stands for; a tag may fit the pattern of another package better. */
export function ownTag(name: string, owner: TaggedPackage, packages: readonly TaggedPackage[]): ReleaseTag | undefined {
  const found = packageTags(packages)(name);
  return found?.owner.name === owner.name ? found.tag : undefined;
}
