import { type Host, inertLine } from '@release-kit/action';
import { formatChangelogEntry } from '@release-kit/debian';
import type { WantedVersion } from './build-version.ts';
import { commitTime } from './commit-facts.ts';
import type { SourceFacts } from './source.ts';

/** The entry that the copy of debian/changelog gets when another version is built than it names. */
export function releaseEntry(facts: SourceFacts, version: string, given: Exclude<WantedVersion, undefined>, timestamp: number): string {
  const { newest } = facts;
  return formatChangelogEntry({
    package: facts.package,
    version,
    distribution: newest.distributions[0] ?? 'unstable',
    urgency: 'medium',
    changes: [...changesOf(given)],
    maintainer: newest.maintainer,
    timestamp,
    ...(typeof given === 'object' && 'rebuild' in given ? { binaryOnly: true } : {}),
  });
}

function changesOf(given: WantedVersion): readonly string[] {
  if (given === undefined) return [];
  if (typeof given === 'string') return [`Release ${inertLine(given)}.`];
  if ('suffix' in given) return [...changesOf(given.plain), `Build for ${given.suffix.slice(1)}; no other changes of the source.`];
  return ['rebuild' in given ? 'Binary-only rebuild; no changes of the source.' : `Snapshot of commit ${given.commit}.`];
}

/**
 * When the new entry was made, in seconds: the same for the same source, so that two builds give the same bytes. SOURCE_DATE_EPOCH
 * where the caller sets it, else the date of the commit that is checked out, and always after the newest entry: lintian refuses two entries of one time.
 */
export async function releaseTime(host: Host, folder: string | undefined, facts: SourceFacts): Promise<number> {
  const given = host.env('SOURCE_DATE_EPOCH');
  const wanted =
    given !== undefined && /^[0-9]{1,12}$/.test(given) ? Number(given) : folder === undefined ? undefined : await commitTime(host, folder);
  return Math.max(wanted ?? 0, facts.newest.timestamp + 1);
}
