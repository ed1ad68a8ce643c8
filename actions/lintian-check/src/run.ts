import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, type InputsOf, type OutputsOf, UserError } from '@release-kit/action';
import { findConfig, loadConfig } from '@release-kit/config';
import { type LintianReport, parseChanges } from '@release-kit/debian';
import { type ManifestFile, openPackages } from '@release-kit/manifest';
import { lineOf } from './annotations.ts';
import type { Explanation } from './explanation.ts';
import { countFindings, type Finding, failingFindings, rankFindings } from './finding.ts';
import { checkedFiles, neededFiles, planLint } from './lint-plan.ts';
import type { LintResult } from './lint-result.ts';
import { lintDistribution } from './linting.ts';
import { placementShare } from './placement-share.ts';
import { placeAll } from './placing.ts';
import { checkReportPaths, type ReportPaths, reportFiles, writeReports } from './report-files.ts';
import { openSourceTree } from './source-tree.ts';
import type { spec } from './spec.ts';
import { tell } from './telling.ts';

type Inputs = InputsOf<typeof spec>;

/** Runs lintian in a clean machine on everything the manifest lists, and shows each finding where it belongs. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  checkReportPaths({ report: inputs.report, sarif: inputs.sarif, junit: inputs.junit });
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  const { folder, manifest } = packages;
  const failOn = inputs.failOn ?? (await configuredSeverity(inputs, host));
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

  const findings = rankFindings(reports);
  const failing = failingFindings(findings, failOn);
  const result: LintResult = {
    passed: failing.length === 0,
    failOn,
    version: [...versions].join(' and '),
    files: checkedFiles(plan.batches),
    counts: countFindings(findings),
    placed: await placeAll(findings, await openSourceTree(inputs.source, host.files.workspace), host),
    unread: 0,
    comparison: undefined,
    newlyOverridden: [],
    unusedOverrides: [],
    skipped: [],
  };
  await tell(result, explanations, host);
  await writeReports(reportFiles(inputs, inputs.sarifResults, result, explanations, failing));
  const outputs = outputsOf(result, findings, inputs);
  if (!result.passed) throw lintError(result, failing, outputs);
  return outputs;
}

/** What a repository asks for in its configuration, else error. */
async function configuredSeverity(inputs: Inputs, host: Host): Promise<LintResult['failOn']> {
  const file = inputs.config ?? (await findConfig(inputs.source)) ?? (await findConfig(host.files.workspace));
  return (await loadConfig(file, host.files.workspace)).lint.failOn;
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
