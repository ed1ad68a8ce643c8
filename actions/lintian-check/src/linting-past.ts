import { type Host, type InputsOf, inertLine } from '@release-kit/action';
import type { LintianReport } from '@release-kit/debian';
import type { Before } from './before.ts';
import { type Finding, rankFindings } from './finding.ts';
import { neededFiles, planLint } from './lint-plan.ts';
import { lintDistribution } from './linting.ts';
import { listedFiles } from './listed-files.ts';
import type { spec } from './spec.ts';

/**
 * What lintian says today of the packages of before: by the same version as of today's, so that a newer lintian blames nobody. In a machine of
 * its own, because files of both may have one name. Throws E_LINT_INCOMPLETE.
 */
export async function lintPast(
  inputs: InputsOf<typeof spec>,
  before: Before | undefined,
  distributions: readonly string[],
  host: Host,
): Promise<readonly Finding[]> {
  if (before?.kind !== 'packages') return [];
  const { folder } = before.packages;
  const reports: { distribution: string; report: LintianReport }[] = [];
  for (const distribution of distributions) {
    const files = before.packages.filesFor(distribution);
    const { batches } = planLint(files, await listedFiles(files, folder));
    if (batches.length === 0) {
      host.log.info(`${inertLine(before.name)}: none is for ${distribution}, so that all findings there are new`);
      continue;
    }
    const linted = await lintDistribution(inputs, host, { distribution, batches, folder, names: neededFiles(files, distribution) });
    reports.push(...linted.reports.map((report) => ({ distribution, report })));
  }
  return rankFindings(reports);
}
