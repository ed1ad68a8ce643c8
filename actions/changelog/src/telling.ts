import { type Host, inertLine } from '@release-kit/action';
import type { CommitOddity } from '@release-kit/history';
import type { NextRelease } from './project-history.ts';

const shownRemarks = 20;

/** Questions of style, which a check of pull requests asks: they make no difference to a release. */
const ofStyle: ReadonlySet<CommitOddity> = new Set(['type-unknown', 'scope-several', 'scope-empty']);

/** Says in the log what was found out, and what may be wrong. */
export function tellRelease({ plan, unplanned, release, end, start, remarks, askedMore }: NextRelease, host: Host): void {
  const { log } = host;
  log.info(`Newest: ${inertLine(end.name)} (${end.sha.slice(0, 7)})${end.tag === undefined ? '' : `, the release ${end.tag.version}`}`);
  for (const line of plan.explain) log.info(line);
  log.info(
    start === undefined ? 'Compared with: nothing, this is the first release' : `Compared with: ${inertLine(start.name)}, ${start.reason}`,
  );
  const { count } = release;
  const lasting = new Set(release.commits.map(({ sha }) => sha)).size;
  log.info(
    `Commits: ${count}${lasting === count ? '' : `, ${count - lasting} of them taken out: reverts, what they reverted, and fixups`}`,
  );
  log.info(`Version: ${plan.version} (${plan.bump}${end.tag === undefined ? '' : ', from the tag'})`);
  if (unplanned !== undefined) log.warning(`what is not released yet is listed without a version, since none can follow: ${unplanned}`);
  if (askedMore !== undefined) log.warning(`the commits ask for ${askedMore} or higher, but the tag says ${plan.version}`);
  const odd = remarks.filter(({ warning }) => !ofStyle.has(warning.oddity));
  if (odd.length > 0) log.info(`Messages that may mean something else: ${odd.length}`);
  for (const { sha, warning } of odd.slice(0, shownRemarks)) {
    const column = warning.column === undefined ? '' : `:${warning.column}`;
    log.info(`  ${sha.slice(0, 7)}, line ${warning.line}${column} of its message: ${warning.text}`);
  }
  if (odd.length > shownRemarks) log.info(`  … and ${odd.length - shownRemarks} more of the kind`);
}
