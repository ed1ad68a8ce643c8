import semver from 'semver';

/** A tag that names a release: prefix and semantic version. */
export interface ReleaseTag {
  /** Without `refs/tags/`. */
  readonly name: string;
  readonly version: string;
  readonly prerelease: boolean;
}

/** Reads a tag of the family `prefix`; undefined when what follows is not a plain semantic version without build data. */
export function releaseTag(name: string, prefix: string): ReleaseTag | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const text = name.slice(prefix.length);
  const parsed = semver.parse(text);
  if (parsed === null || parsed.version !== text) return undefined;
  return { name, version: text, prerelease: parsed.prerelease.length > 0 };
}

/** The greatest by semantic precedence, never by name or date; undefined of none. */
export function greatestTag(tags: readonly ReleaseTag[]): ReleaseTag | undefined {
  return tags.reduce<ReleaseTag | undefined>(
    (most, tag) => (most === undefined || semver.gt(tag.version, most.version) ? tag : most),
    undefined,
  );
}

/**
 * What a release is compared with: a stable one with the greatest lower stable, a pre-release with the greatest lower
 * of any kind. Without a version (not tagged yet) with the greatest stable.
 */
export function baselineOf(version: string | undefined, tags: readonly ReleaseTag[]): ReleaseTag | undefined {
  if (version === undefined) return greatestTag(tags.filter(({ prerelease }) => !prerelease));
  const stable = semver.prerelease(version) === null;
  return greatestTag(tags.filter((tag) => semver.lt(tag.version, version) && !(stable && tag.prerelease)));
}
