import { type Host, inertLine } from '@release-kit/action';
import type { LintianReport } from '@release-kit/debian';
import type { Before } from './before.ts';
import { type Finding, rankFindings } from './finding.ts';
import type { LintOptions } from './lint-options.ts';
import { isChecked } from './lint-plan.ts';
import { lintPackages } from './linting.ts';

/**
 * What lintian says today of the packages of before: by the same version as of today's, so that a newer lintian blames nobody. In a machine of
 * its own, because files of both may have one name. Throws E_LINT_INCOMPLETE.
 */
export async function lintPast(
  options: LintOptions,
  before: Before | undefined,
  distributions: readonly string[],
  host: Host,
): Promise<readonly Finding[]> {
  if (before?.kind !== 'packages') return [];
  const { folder } = before.packages;
  const reports: { distribution: string; report: LintianReport }[] = [];
  for (const distribution of distributions) {
    const files = before.packages.filesFor(distribution);
    if (!files.some(isChecked)) {
      host.log.info(`${inertLine(before.name)}: none is for ${distribution}, so that all findings there are new`);
      continue;
    }
    reports.push(...(await lintPackages(host, { ...options, files, folder })).reports);
  }
  return rankFindings(reports);
}
