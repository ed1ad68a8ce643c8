import { inertLine } from '@release-kit/action';
import { type ChannelRules, channelOf, isPrerelease, stableChannel } from './channel.ts';
import { greatestRelease, isGood, latestRelease } from './latest-release.ts';
import type { KnownRelease, ReleaseChange } from './release-catalog.ts';
import { bodyLeadingTo } from './release-mark.ts';

/** A change of one release, and what it does in words that complete "would …". */
export interface ReleaseStep {
  readonly says: string;
  readonly release: KnownRelease;
  readonly change: ReleaseChange;
}

/** By the rules, unless somebody published a stable version as a pre-release. */
export function channelNow({ tag, prerelease }: Pick<KnownRelease, 'tag' | 'prerelease'>, rules: ChannelRules): string {
  const ruled = channelOf(tag, rules) ?? stableChannel;
  return prerelease && !isPrerelease(ruled) ? 'beta' : ruled;
}

/** What users of a bad release should use: the greatest good one. For those of a channel that is not stable a stable one will do as well. */
export function insteadOf(bad: KnownRelease, releases: readonly KnownRelease[], rules: ChannelRules): KnownRelease | undefined {
  const others = releases.filter(({ id }) => id !== bad.id);
  const channel = channelNow(bad, rules);
  if (!isPrerelease(channel)) return latestRelease(others, rules);
  return greatestRelease(others.filter((one) => isGood(one) && [channel, stableChannel].includes(channelOf(one.tag, rules) ?? '')));
}

/**
 * What the banners of bad releases have to say anew, since what they lead to was published or went bad since. Banners that people wrote in are left
 * alone. None when all lead to what is there.
 */
export function bannerSteps(releases: readonly KnownRelease[], rules: ChannelRules): readonly ReleaseStep[] {
  return releases.flatMap((release) => {
    if (release.mark === undefined) return [];
    const instead = insteadOf(release, releases, rules);
    const body = bodyLeadingTo(release.body, instead?.tag);
    if (body === release.body) return [];
    const where = instead === undefined ? 'nowhere, since nothing good is left' : `to ${inertLine(instead.tag)}`;
    // Said along, so that GitHub never chooses by time.
    const latest = release.draft || release.prerelease ? {} : { latest: false };
    return [{ says: `let the banner of ${inertLine(release.tag)} lead ${where}`, release, change: { body, ...latest } }];
  });
}
