import { type Git, readTags, tagsBefore } from '@release-kit/git';
import { byPrecedence, type PlacedTag, packageTags, type ReleaseTag, type TaggedPackage } from '@release-kit/history';

/** The release tags of a package, as seen from one commit; those below the greatest stable one of `before` may be missing. */
export interface TagsAround {
  /** On the commit and its ancestors. */
  readonly before: readonly PlacedTag[];
  /** On commits that are neither ancestors nor, where it is about a tagged release, descendants. */
  readonly elsewhere: readonly PlacedTag[];
}

const isStable = ({ prerelease }: ReleaseTag): boolean => !prerelease;

/**
 * Places release tags around a commit. They are asked about from the greatest on, until a stable one is found that the commit has: those below decide nothing,
 * and to find out about all of them would mean to walk through the whole history.
 *
 * @param end the tag of the commit that is described: greater ones only tell whether it is a backport
 */
export async function tagsAround(git: Git, sha: string, tags: readonly PlacedTag[], end: ReleaseTag | undefined): Promise<TagsAround> {
  const greatestFirst = byPrecedence(tags).toReversed();
  const place = end === undefined ? -1 : greatestFirst.findIndex(({ name }) => name === end.name);
  const lower = greatestFirst.slice(place + 1);
  const before = await tagsBefore(git, sha, lower, isStable);
  const last = before.at(-1);
  const asked = last !== undefined && isStable(last) ? lower.slice(0, lower.indexOf(last)) : lower;
  const have = new Set(before);
  const elsewhere = asked.filter((tag) => !have.has(tag));
  const newest = greatestFirst.slice(0, Math.max(place, 0)).find(isStable);
  if (newest === undefined || (await tagsBefore(git, newest.sha, [{ name: '', sha }], () => true)).length > 0) return { before, elsewhere };
  return { before, elsewhere: [newest, ...elsewhere] };
}

/** All release tags of a package, in the order of names. */
export async function releaseTags<Package extends TaggedPackage>(
  git: Git,
  owner: TaggedPackage,
  packages: readonly Package[],
): Promise<readonly PlacedTag[]> {
  const ownerOf = packageTags(packages);
  return (await readTags(git)).flatMap(({ name, sha }) => {
    const found = ownerOf(name);
    return found?.owner.name === owner.name ? [{ ...found.tag, sha }] : [];
  });
}
