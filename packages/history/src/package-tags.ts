import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { type ReleaseTag, releaseTag } from './release-tag.ts';
import { type TagFamily, tagName } from './tag-family.ts';

/** A package with tags of its own. */
export interface TaggedPackage {
  readonly name: string;
  readonly family: TagFamily;
}

/**
 * Says which package a tag is a release of. Where two families fit (`*` and `*-lts` with `1.2.3-lts`), the one that fixes more of the name counts.
 * Time is linear in the name, however many packages there are.
 *
 * @param packages with families as `tagFamily` makes them
 * @throws UserError E_CONFIG for two packages with one family
 */
export function packageTags<Package extends TaggedPackage>(
  packages: readonly Package[],
): (name: string) => { readonly owner: Package; readonly tag: ReleaseTag } | undefined {
  const byPrefix = new Map<string, Package[]>();
  for (const found of packages) {
    const { prefix, suffix } = found.family;
    const group = byPrefix.get(prefix) ?? [];
    const twin = group.find((other) => other.family.suffix === suffix);
    if (twin !== undefined)
      throw new UserError(
        'E_CONFIG',
        `the packages ${inertLine(twin.name)} and ${inertLine(found.name)} have the same tags, ${tagName(found.family, '*')}`,
        {
          cure: 'Give each package a pattern of its own, such as name/v*.',
        },
      );
    group.push(found);
    group.sort((a, b) => b.family.suffix.length - a.family.suffix.length);
    byPrefix.set(prefix, group);
  }
  const longest = Math.max(0, ...[...byPrefix.keys()].map((prefix) => prefix.length));
  return (name) => {
    // A version begins with a digit, and no prefix ends in one; later ones are longer.
    for (const { index } of [...name.slice(0, longest + 1).matchAll(/(?<![0-9.])[0-9]/g)].reverse()) {
      for (const owner of byPrefix.get(name.slice(0, index)) ?? []) {
        const tag = releaseTag(name, owner.family);
        if (tag !== undefined) return { owner, tag };
      }
    }
    return undefined;
  };
}
