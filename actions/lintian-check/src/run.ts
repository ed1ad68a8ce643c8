import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, type InputsOf, type OutputsOf, UserError } from '@release-kit/action';
import { findConfig, type LintConfig, loadConfig } from '@release-kit/config';
import { type LintianReport, parseChanges } from '@release-kit/debian';
import { type ManifestFile, type OpenedPackages, openPackages } from '@release-kit/manifest';
import { lineOf } from './annotations.ts';
import type { Beside } from './beside.ts';
import { findBuildLogs } from './build-logs.ts';
import type { Explanation } from './explanation.ts';
import { countFindings, type Finding, failingFindings, rankFindings } from './finding.ts';
import { checkedFiles, neededFiles, planLint } from './lint-plan.ts';
import type { LintResult } from './lint-result.ts';
import { lintDistribution } from './linting.ts';
import { placementShare } from './placement-share.ts';
import { placeAll } from './placing.ts';
import { checkReportPaths, type ReportPaths, reportFiles, writeReports } from './report-files.ts';
import { type SideTool, wantedTools } from './side-report.ts';
import { openSourceTree } from './source-tree.ts';
import type { spec } from './spec.ts';
import { tell } from './telling.ts';

type Inputs = InputsOf<typeof spec>;

/** Runs lintian in a clean machine on everything the manifest lists, and shows each finding where it belongs. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  checkReportPaths({ report: inputs.report, sarif: inputs.sarif, junit: inputs.junit });
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  const { folder, manifest } = packages;
  const config = await configured(inputs, host);
  const failOn = inputs.failOn ?? config.failOn;
  const plan = planLint(manifest.files, await listedFiles(manifest.files, folder));
  if (plan.batches.length === 0) throw new UserError('E_LINT_INCOMPLETE', 'the manifest lists no package that lintian could check');
  for (const note of plan.notes) host.log.info(note);

  const reports: { distribution: string; report: LintianReport }[] = [];
  const versions = new Set<string>();
  const explanations = new Map<string, Explanation>();
  for (const distribution of new Set(plan.batches.map((batch) => batch.distribution))) {
    const batches = plan.batches.filter((batch) => batch.distribution === distribution);
    const linted = await lintDistribution(inputs, host, {
      distribution,
      batches,
      folder,
      names: neededFiles(manifest.files, distribution),
    });
    reports.push(...linted.reports.map((report) => ({ distribution, report })));
    versions.add(linted.version);
    for (const [tag, meaning] of linted.explanations) explanations.set(tag, meaning);
  }

  const beside = await runBeside(inputs, host, packages, wantedTools(inputs.also.length > 0 ? inputs.also : config.also));
  for (const [tag, meaning] of beside.explanations) explanations.set(tag, meaning);

  const findings = rankFindings(reports, beside.findings);
  const failing = failingFindings(findings, failOn);
  const result: LintResult = {
    passed: failing.length === 0,
    failOn,
    version: [...versions].join(' and '),
    files: checkedFiles(plan.batches),
    counts: countFindings(findings),
    placed: await placeAll(findings, await openSourceTree(inputs.source, host.files.workspace), host),
    unread: beside.unread,
    comparison: undefined,
    newlyOverridden: [],
    unusedOverrides: [],
    skipped: beside.skipped,
  };
  await tell(result, explanations, host);
  await writeReports(reportFiles(inputs, inputs.sarifResults, result, explanations, failing));
  const outputs = outputsOf(result, findings, inputs);
  if (!result.passed) throw lintError(result, failing, outputs);
  return outputs;
}

/** Loaded only where it is asked for, since few do. */
async function runBeside(inputs: Inputs, host: Host, opened: OpenedPackages, tools: readonly SideTool[]): Promise<Beside> {
  if (tools.length === 0) return { findings: [], explanations: new Map(), skipped: [], unread: 0 };
  const { folder, place, manifest } = opened;
  const { lintBeside } = await import('./beside.ts');
  const logs = tools.includes('blhc') ? await findBuildLogs(inputs.buildLog, place) : [];
  return lintBeside(host, { tools, files: manifest.files, folder, logs, engine: inputs.engine, mirror: inputs.mirror });
}

/** What a repository asks for in its configuration. */
async function configured(inputs: Inputs, host: Host): Promise<LintConfig> {
  const file = inputs.config ?? (await findConfig(inputs.source)) ?? (await findConfig(host.files.workspace));
  return (await loadConfig(file, host.files.workspace)).lint;
}

async function listedFiles(files: readonly ManifestFile[], folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = new Map<string, readonly string[]>();
  for (const { kind, path } of files) {
    if (kind === 'changes')
      listed.set(
        path,
        parseChanges(await readFile(join(folder, path), 'utf8'), path).files.map((file) => file.name),
      );
  }
  return listed;
}

function outputsOf(result: LintResult, findings: readonly Finding[], paths: ReportPaths): OutputsOf<typeof spec> {
  const open = findings.filter((finding) => finding.status === 'open').length;
  return {
    result: result.passed ? 'passed' : 'failed',
    errors: `${result.counts.error}`,
    warnings: `${result.counts.warning}`,
    findings: `${open}`,
    placed: `${placementShare(result.placed).exact}`,
    report: paths.report ?? '',
    sarif: paths.sarif ?? '',
    junit: paths.junit ?? '',
  };
}

function lintError(result: LintResult, failing: readonly Finding[], outputs: OutputsOf<typeof spec>): UserError {
  const [first] = failing;
  const place = result.placed.find(({ finding }) => finding === first)?.location?.place;
  const which = first === undefined ? '' : `: ${lineOf(first)}`;
  const count = failing.length === 1 ? 'one finding fails' : `${failing.length} findings fail, the first`;
  return new UserError('E_LINT', `${count}${which}`, { ...(place === undefined ? {} : { place }), outputs });
}
