import { inertLine, UserError } from '@release-kit/action';
import { matches } from '@release-kit/action/path-pattern';
import { releaseVersion } from './release-version.ts';

/** Whom a release is for: `stable`, `beta`, `nightly`, or a name that a project gives. */
export type Channel = string;

/** Patterns of tags and their channels, in the order of the configuration. */
export type ChannelRules = Readonly<Record<string, Channel>>;

export const stableChannel: Channel = 'stable';

/** Pre-releases that come out by themselves. */
const nightlyWords = /^(?:nightly|snapshot|dev|git)/i;

/**
 * The channel of a tag: what the first pattern says that matches it, else by its version: stable without a pre-release part, nightly when that part
 * begins with nightly, snapshot, dev or git, else beta. undefined when the tag names no version and no pattern matches.
 */
export function channelOf(tag: string, rules: ChannelRules): Channel | undefined {
  const named = Object.entries(rules).find(([pattern]) => matches(pattern, tag))?.[1];
  if (named !== undefined) return named;
  const version = releaseVersion(tag);
  if (version === undefined) return undefined;
  const [first] = version.prerelease;
  if (first === undefined) return stableChannel;
  return nightlyWords.test(first) ? 'nightly' : 'beta';
}

/** Everything but stable is shown as a pre-release: it is never the latest release. */
export function isPrerelease(channel: Channel): boolean {
  return channel !== stableChannel;
}

/** A person's word for a channel; a version that is a pre-release would become the latest one if it were called stable. E_INPUT. */
export function namedChannel(tag: string, channel: Channel): Channel {
  if (!isPrerelease(channel) && (releaseVersion(tag)?.prerelease ?? []).length > 0)
    throw new UserError('E_INPUT', `${inertLine(tag)} is a pre-release, so it is not stable`, {
      cure: 'Name another channel; or promote it: mode promote releases its files under a stable version.',
    });
  return channel;
}
