import semver from 'semver';
import { type TagFamily, textOfFamily } from './tag-family.ts';

/** A tag that names a release; light and annotated ones alike. */
export interface ReleaseTag {
  /** Without `refs/tags/`. */
  readonly name: string;
  readonly version: string;
  readonly prerelease: boolean;
}

/**
 * Reads a tag of a family, or of the family with this prefix and no suffix; undefined when what is left is not a plain semantic version without build
 * data.
 */
export function releaseTag(name: string, family: string | TagFamily): ReleaseTag | undefined {
  const text = textOfFamily(name, typeof family === 'string' ? { prefix: family, suffix: '' } : family);
  if (text === undefined) return undefined;
  const parsed = semver.parse(text);
  if (parsed === null || parsed.version !== text) return undefined;
  return { name, version: text, prerelease: parsed.prerelease.length > 0 };
}

/** Sorts by semantic precedence, lowest first; by name where two have the same. */
export function byPrecedence<Tag extends Pick<ReleaseTag, 'name' | 'version'>>(tags: readonly Tag[]): readonly Tag[] {
  return tags
    .map((tag) => ({ tag, version: new semver.SemVer(tag.version) }))
    .sort((a, b) => a.version.compare(b.version) || (a.tag.name < b.tag.name ? -1 : 1))
    .map(({ tag }) => tag);
}

/** The greatest by semantic precedence, never by name or date; undefined of none. */
export function greatestTag(tags: readonly ReleaseTag[]): ReleaseTag | undefined {
  return tags.reduce<ReleaseTag | undefined>(
    (most, tag) => (most === undefined || semver.gt(tag.version, most.version) ? tag : most),
    undefined,
  );
}
