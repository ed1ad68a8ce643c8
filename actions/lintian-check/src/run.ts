import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, type InputsOf, inertLine, type OutputsOf, UserError } from '@release-kit/action';
import { findConfig, loadConfig } from '@release-kit/config';
import { type LintianReport, parseChanges, parseDistribution } from '@release-kit/debian';
import { basePackages, chooseEngine, createMachine, prepareBase } from '@release-kit/machine';
import { type ManifestFile, openPackages } from '@release-kit/manifest';
import { annotationOf, chooseAnnotated, lineOf, type Placed } from './annotations.ts';
import type { Explanations } from './explanation.ts';
import { countFindings, type Finding, failingFindings, rankFindings } from './finding.ts';
import { type LintBatch, neededFiles, planLint } from './lint-plan.ts';
import { lintReport } from './lint-report.ts';
import { countLine, type LintResult, lintSummary } from './lint-summary.ts';
import { bringFiles, explainTags, lintBatch, lintianVersion } from './lintian.ts';
import { candidatesOf } from './placement.ts';
import { openSourceTree, type SourceTree } from './source-tree.ts';
import type { spec } from './spec.ts';

type Inputs = InputsOf<typeof spec>;

/** Runs lintian in a clean machine on everything the manifest lists, and shows each finding where it belongs. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  const { folder, manifest } = packages;
  const failOn = inputs.failOn ?? (await configuredSeverity(inputs, host));
  const plan = planLint(manifest.files, await listedFiles(manifest.files, folder));
  if (plan.batches.length === 0) throw new UserError('E_LINT_INCOMPLETE', 'the manifest lists no package that lintian could check');
  for (const note of plan.notes) host.log.info(note);

  const reports: { distribution: string; report: LintianReport }[] = [];
  const versions = new Set<string>();
  const explanations = new Map<string, string>();
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
    files: plan.batches.reduce((sum, batch) => sum + batch.expected.length, 0),
    counts: countFindings(findings),
    placed: await placeAll(findings, await openSourceTree(inputs.source, host.files.workspace), host),
  };
  await tell(result, explanations, host);
  if (inputs.report !== undefined) await writeFile(inputs.report, lintReport(result));
  const outputs = outputsOf(result, findings);
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

interface DistributionWork {
  readonly distribution: string;
  readonly batches: readonly LintBatch[];
  readonly folder: string;
  readonly names: readonly string[];
}

interface Linted {
  readonly reports: readonly LintianReport[];
  readonly explanations: Explanations;
  readonly version: string;
}

/** lintian's rules change with the release, so each distribution is linted by its own. */
async function lintDistribution(inputs: Inputs, host: Host, work: DistributionWork): Promise<Linted> {
  const { distribution } = work;
  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  host.progress.update(`preparing ${distribution} with lintian`);
  const architecture = (await host.exec(['dpkg', '--print-architecture'])).stdout.trim();
  const base = await prepareBase(host, {
    distribution: parseDistribution(distribution),
    architecture,
    packages: basePackages.lint,
    ...(inputs.mirror === undefined ? {} : { mirror: inputs.mirror }),
  });
  await using machine = await createMachine(host, base, engine);
  await bringFiles(host, machine, work.folder, work.names);
  const reports: LintianReport[] = [];
  for (const batch of work.batches) {
    host.progress.update(`lintian on ${batch.subjects.map(inertLine).join(', ')}`);
    reports.push(await lintBatch(host, machine, batch));
  }
  const shown = chooseAnnotated(rankFindings(reports.map((report) => ({ distribution, report }))));
  const explanations = await explainTags(host, machine, distribution, [...new Set(shown.map((finding) => finding.hint.tag))]);
  return { reports, explanations, version: await lintianVersion(machine) };
}

async function placeAll(findings: readonly Finding[], tree: SourceTree, host: Host): Promise<readonly Placed[]> {
  if (tree.problem !== undefined) host.log.warning(`findings are placed roughly: ${tree.problem}`);
  const placed: Placed[] = [];
  for (const finding of findings) placed.push({ finding, location: await tree.locate(candidatesOf(finding.hint, tree.stanzas)) });
  return placed;
}

/** Each finding once: an annotation is a line of the log as well, so only the others are listed. */
async function tell(result: LintResult, explanations: Explanations, host: Host): Promise<void> {
  const chosen = new Set(chooseAnnotated(result.placed.map(({ finding }) => finding)));
  const others = result.placed.filter(({ finding }) => finding.status === 'open' && !chosen.has(finding));
  if (others.length > 0) {
    await host.log.group(
      `lintian: ${others.length === 1 ? 'one finding' : `${others.length} findings`} without an annotation`,
      async () => {
        for (const { finding } of others) host.log.info(`${finding.hint.severity.padEnd(8)} ${lineOf(finding)}`);
      },
    );
  }
  for (const placed of result.placed) {
    const annotation = chosen.has(placed.finding) ? annotationOf(placed, explanations) : undefined;
    if (annotation !== undefined) host.annotate(annotation);
  }
  host.log.info(countLine(result));
  host.summary.add(lintSummary(result));
}

function outputsOf(result: LintResult, findings: readonly Finding[]): OutputsOf<typeof spec> {
  const open = findings.filter((finding) => finding.status === 'open').length;
  return {
    result: result.passed ? 'passed' : 'failed',
    errors: `${result.counts.error}`,
    warnings: `${result.counts.warning}`,
    findings: `${open}`,
  };
}

function lintError(result: LintResult, failing: readonly Finding[], outputs: OutputsOf<typeof spec>): UserError {
  const [first] = failing;
  const place = result.placed.find(({ finding }) => finding === first)?.location?.place;
  const which = first === undefined ? '' : `: ${lineOf(first)}`;
  const count = failing.length === 1 ? 'one finding fails' : `${failing.length} findings fail, the first`;
  return new UserError('E_LINT', `${count}${which}`, { ...(place === undefined ? {} : { place }), outputs });
}
