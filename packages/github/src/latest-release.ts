import { type ChannelRules, channelOf, stableChannel } from './channel.ts';
import type { KnownRelease } from './release-catalog.ts';
import { compareReleaseVersions, releaseVersion } from './release-version.ts';

type Ranked = Pick<KnownRelease, 'tag' | 'draft' | 'prerelease' | 'mark'>;

/** Published, neither rolled back nor yanked, of a version, and of the stable channel by its flag and by the rules. */
export function isGoodStable(release: Ranked, rules: ChannelRules): boolean {
  return isGood(release) && !release.prerelease && channelOf(release.tag, rules) === stableChannel;
}

/** Published, neither rolled back nor yanked, and of a version. */
export function isGood({ tag, draft, mark }: Ranked): boolean {
  return !draft && mark === undefined && releaseVersion(tag) !== undefined;
}

/** The release that should be shown as the latest: the greatest good one by version, never the newest by time. */
export function latestRelease<R extends Ranked>(releases: readonly R[], rules: ChannelRules): R | undefined {
  return greatestRelease(releases.filter((release) => isGoodStable(release, rules)));
}

/** Whether a stable release of this tag is the latest one when it is published beside the others. */
export function becomesLatest(tag: string, others: readonly Ranked[], rules: ChannelRules): boolean {
  const greatest = latestRelease(
    others.filter((one) => one.tag !== tag),
    rules,
  );
  return greatest === undefined || isGreater(tag, greatest.tag);
}

/** By version; of two with the same (build data) the one whose tag comes later in the alphabet. Tags without a version are left out. */
export function greatestRelease<R extends Pick<KnownRelease, 'tag'>>(releases: readonly R[]): R | undefined {
  return releases
    .filter(({ tag }) => releaseVersion(tag) !== undefined)
    .reduce<R | undefined>((most, one) => (most === undefined || isGreater(one.tag, most.tag) ? one : most), undefined);
}

/** Whether the first tag's version is above the second's. */
export function isGreater(tag: string, than: string): boolean {
  const [a, b] = [releaseVersion(tag), releaseVersion(than)];
  if (a === undefined || b === undefined) return a !== undefined;
  const order = compareReleaseVersions(a, b);
  return order > 0 || (order === 0 && tag > than);
}
