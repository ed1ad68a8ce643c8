import { basename, dirname, relative } from 'node:path';
import { type Host, innerPath, isTemporary, type ReportFile, sourceLinks, writeReports } from '@release-kit/action';
import { repositoryPaths } from '@release-kit/git';
import { manifestName } from '@release-kit/manifest';
import type { Problem } from '../problem.ts';
import type { TargetResult } from '../target.ts';
import { annotationsOf } from './annotations.ts';
import { junitReport } from './junit.ts';
import { finishLogs, type Logs } from './logs.ts';
import { mapProblems } from './placed-result.ts';
import { reproduceCommand } from './reproduce.ts';
import { smokeReport } from './smoke-report.ts';
import { smokeSummary } from './smoke-summary.ts';
import { placeOf } from './source-place.ts';
import { gatherProblems, type ToldProblem } from './told-problem.ts';

export interface Telling {
  /** Absolute root of the source tree. */
  readonly source: string;
  /** Absolute path of the manifest. */
  readonly manifest: string;
  /** Absolute; undefined: not asked for. */
  readonly report: string | undefined;
  readonly junit: string | undefined;
  readonly logs: Logs;
}

/** The summary, the reports, the logs and an annotation for each problem at its line of the source; hands back the problems, each once. */
export async function tell(results: readonly TargetResult[], how: Telling, host: Host): Promise<readonly ToldProblem[]> {
  const { workspace } = host.files;
  const placed = await mapProblems(results, (problem) => placeIn(problem, how.source, workspace));
  const named = { source: relative(workspace, how.source), packages: packagesFolder(how.manifest, host) };
  const link = sourceLinks(host.github, await repositoryPaths(how.source, workspace));
  host.summary.add(smokeSummary(placed, { link, reproduce: ({ target }) => reproduceCommand(target, named) }));
  await writeReports(reportFiles(placed, how));
  await finishLogs(how.logs, placed, host);
  const told = gatherProblems(placed);
  for (const annotation of annotationsOf(told)) host.annotate(annotation);
  for (const { target, outcome } of placed)
    if (outcome === 'failed') host.log.info(`to look at ${target.name} in a shell: ${reproduceCommand(target, named)}`);
  return told;
}

/**
 * Where a person has the packages; an archive is unpacked first, and what a job has elsewhere is downloaded, both best to where builds put them. A
 * release that fails on one's own machine takes its packages with it: undefined.
 */
function packagesFolder(manifest: string, { env, files }: Host): string | undefined {
  const folder = dirname(manifest);
  const isElsewhere = innerPath(files.workspace, folder) === undefined;
  if (isElsewhere && env('GITHUB_ACTIONS') !== 'true' && isTemporary(folder)) return undefined;
  return basename(manifest) === manifestName && !(isElsewhere && env('GITHUB_ACTIONS') === 'true')
    ? relative(files.workspace, folder) || '.'
    : 'out';
}

async function placeIn(problem: Problem, source: string, workspace: string): Promise<Problem> {
  const found = problem.subject === undefined ? undefined : await placeOf(problem.subject, source, workspace);
  return found === undefined ? problem : { ...problem, place: found };
}

function reportFiles(results: readonly TargetResult[], { report, junit }: Telling): readonly ReportFile[] {
  return [
    ...(report === undefined ? [] : [{ path: report, text: smokeReport(results) }]),
    ...(junit === undefined ? [] : [{ path: junit, text: junitReport(results) }]),
  ];
}
