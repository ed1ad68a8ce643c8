import { type Host, inertLine } from '@release-kit/action';
import type { LintianReport } from '@release-kit/debian';
import type { ManifestFile } from '@release-kit/manifest';
import type { Before } from './before.ts';
import { type Finding, rankFindings } from './finding.ts';
import type { LintOptions } from './lint-options.ts';
import { isChecked } from './lint-plan.ts';
import { lintPackages } from './linting.ts';
import type { SideTool } from './side-report.ts';

/**
 * What lintian says today of the packages of before: by the same version as of today's, so that a newer lintian blames nobody. In a machine of
 * its own, because files of both may have one name. The tools beside it look at them as well, but for the one that reads logs of builds.
 * Throws E_LINT_INCOMPLETE.
 */
export async function lintPast(
  options: LintOptions,
  tools: readonly SideTool[],
  before: Before | undefined,
  distributions: readonly string[],
  host: Host,
): Promise<readonly Finding[]> {
  if (before?.kind !== 'packages') return [];
  const { folder } = before.packages;
  const beside: Finding[] = [];
  const reports: { distribution: string; report: LintianReport }[] = [];
  for (const distribution of distributions) {
    const files = before.packages.filesFor(distribution);
    if (!files.some(isChecked)) {
      host.log.info(`${inertLine(before.name)}: none is for ${distribution}, so that all findings there are new`);
      continue;
    }
    reports.push(...(await lintPackages(host, { ...options, files, folder })).reports);
    beside.push(...(await findingsBeside(options, tools, files, folder, host)));
  }
  return rankFindings(reports, beside);
}

async function findingsBeside(
  { engine, mirror }: LintOptions,
  wanted: readonly SideTool[],
  files: readonly ManifestFile[],
  folder: string,
  host: Host,
): Promise<readonly Finding[]> {
  const tools = wanted.filter((tool) => tool !== 'blhc');
  if (tools.length === 0) return [];
  const { lintBeside } = await import('./beside.ts');
  return (await lintBeside(host, { tools, files, folder, logs: [], engine, mirror })).findings;
}
