import semver from 'semver';
import type { PlacedTag } from './assign-releases.ts';

/**
 * The tags that get a section in a full changelog. A pre-release has one only while no stable release is above it: later on, its commits are told
 * by the release that it led to, as people look for them there, and as that release's own notes tell them.
 *
 * @param newest the greatest stable version of the history, the one that is just being made included; undefined: none
 * @param candidates `list`: each pre-release keeps its section
 */
export function toldTags(
  tags: readonly PlacedTag[],
  newest: string | undefined,
  candidates: 'fold' | 'list' = 'fold',
): readonly PlacedTag[] {
  if (candidates === 'list' || newest === undefined) return tags;
  return tags.filter(({ prerelease, version }) => !prerelease || semver.gt(version, newest));
}
