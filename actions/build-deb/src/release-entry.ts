import { type Host, inertLine } from '@release-kit/action';
import { formatChangelogEntry } from '@release-kit/debian';
import type { SourceFacts } from './source.ts';

/** The entry that the copy of debian/changelog gets when a newer version is built than it names. */
export function releaseEntry(facts: SourceFacts, version: string, given: string, timestamp: number): string {
  const { newest } = facts;
  return formatChangelogEntry({
    package: facts.package,
    version,
    distribution: newest.distributions[0] ?? 'unstable',
    urgency: 'medium',
    changes: [`Release ${inertLine(given)}.`],
    maintainer: newest.maintainer,
    timestamp,
  });
}

/**
 * When the new entry was made, in seconds: the same for the same source, so that two builds give the same bytes. SOURCE_DATE_EPOCH
 * where the caller sets it, else the date of the commit that is checked out, and always after the newest entry: lintian refuses two entries of one time.
 */
export async function releaseTime(host: Host, folder: string | undefined, facts: SourceFacts): Promise<number> {
  const given = host.env('SOURCE_DATE_EPOCH');
  const wanted = given !== undefined && /^[0-9]{1,12}$/.test(given) ? Number(given) : await commitTime(host, folder);
  return Math.max(wanted ?? 0, facts.newest.timestamp + 1);
}

async function commitTime(host: Host, folder: string | undefined): Promise<number | undefined> {
  if (folder === undefined) return undefined;
  // The checkout may belong to another user; a repository around the folder counts as well.
  const { exitCode, stdout } = await host.exec(
    ['git', '-c', 'safe.directory=*', '-c', 'core.fsmonitor=false', 'log', '-1', '--format=%ct'],
    { cwd: folder, allow: 'any' },
  );
  const time = Number(stdout.trim());
  return exitCode === 0 && Number.isSafeInteger(time) && time > 0 ? time : undefined;
}
