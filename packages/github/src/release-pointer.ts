import { type Channel, type ChannelRules, channelOf, isPrerelease } from './channel.ts';
import { greatestRelease, isGood, isGoodStable } from './latest-release.ts';
import type { KnownRelease } from './release-catalog.ts';
import { type ReleaseVersion, releaseVersion } from './release-version.ts';

/** Tags that move from release to release: `v1`, `v1.2`, and one named like the channel. */
export type PointerKind = 'major' | 'minor' | 'channel';

export const pointerKinds = ['major', 'minor', 'channel'] as const satisfies readonly PointerKind[];

export interface Pointer {
  readonly name: string;
  /** The tag of the release that it should name: the greatest good one of its line. undefined: there is none. */
  readonly to: string | undefined;
  /** Why it must not be moved. */
  readonly refused: string | undefined;
}

/** The pointers that the release of this tag and channel has to do with, and where they belong, by version and never by time. */
export function pointersOf(
  { tag, channel }: { readonly tag: string; readonly channel: Channel },
  kinds: readonly PointerKind[],
  releases: readonly KnownRelease[],
  rules: ChannelRules,
): readonly Pointer[] {
  const version = releaseVersion(tag);
  if (version === undefined) return [];
  const pointers: Pointer[] = [];
  for (const kind of pointerKinds) {
    // A pre-release is no step of its version's line.
    if (!kinds.includes(kind) || (kind !== 'channel' && isPrerelease(channel))) continue;
    const line = releases.filter((one) => (kind === 'channel' ? isOf(channel, one, rules) : isOfLine(kind, version, one, rules)));
    const name = nameOf(kind, version, channel);
    pointers.push({ name, to: greatestRelease(line)?.tag, refused: refusal(name, releases) });
  }
  return pointers;
}

function nameOf(kind: PointerKind, { major, minor }: ReleaseVersion, channel: Channel): string {
  if (kind === 'channel') return channel;
  return kind === 'major' ? `v${major}` : `v${major}.${minor}`;
}

function isOf(channel: Channel, release: KnownRelease, rules: ChannelRules): boolean {
  if (!isPrerelease(channel)) return isGoodStable(release, rules);
  return isGood(release) && channelOf(release.tag, rules) === channel;
}

function isOfLine(kind: 'major' | 'minor', version: ReleaseVersion, release: KnownRelease, rules: ChannelRules): boolean {
  const other = releaseVersion(release.tag);
  if (other === undefined || other.major !== version.major) return false;
  return (kind === 'major' || other.minor === version.minor) && isGoodStable(release, rules);
}

/** Where releases freeze, the tag of one is for ever; and GitHub never lets a name that had one be used again. */
function refusal(name: string, releases: readonly KnownRelease[]): string | undefined {
  const own = releases.find(({ tag }) => tag === name);
  if (own === undefined || !releases.some(({ immutable }) => immutable)) return undefined;
  return own.immutable ? 'its release is immutable' : 'it has a release, and this repository makes releases immutable';
}
