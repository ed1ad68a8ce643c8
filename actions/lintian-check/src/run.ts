import { resolve } from 'node:path';
import { type Host, type InputsOf, type OutputsOf, prepareReports, UserError, writeReports } from '@release-kit/action';
import { type LintConfig, loadConfig, nearestConfig, rootOf } from '@release-kit/config';
import { repositoryPaths } from '@release-kit/git';
import { type OpenedPackages, openPackages } from '@release-kit/manifest';
import { newlyAccepted } from './accepted.ts';
import { updateBaseline } from './baseline-update.ts';
import type { Beside } from './beside.ts';
import { findBuildLogs } from './build-logs.ts';
import { markChanged } from './changed-lines.ts';
import { compareFindings, markFailing } from './comparison.ts';
import { countFindings, type Finding, rankFindings, type Tool } from './finding.ts';
import { lineOf } from './finding-text.ts';
import { lintOptions } from './lint-options.ts';
import type { LintResult } from './lint-result.ts';
import { lintPackages } from './linting.ts';
import { lintPast } from './linting-past.ts';
import { unusedOverridesOf } from './overrides.ts';
import { findingsBefore, knownOf, openPast } from './past.ts';
import { placementShare } from './placement-share.ts';
import { placeAll } from './placing.ts';
import { type ReportPaths, reportFiles } from './report-files.ts';
import { sarifReport } from './sarif.ts';
import { type SideTool, wantedTools } from './side-report.ts';
import { openSourceTree } from './source-tree.ts';
import type { spec } from './spec.ts';

type Inputs = InputsOf<typeof spec>;

/** Runs lintian in a clean machine on everything the manifest lists, and shows each finding where it belongs. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  await prepareReports({ report: inputs.report, sarif: inputs.sarif, junit: inputs.junit });
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  const { folder, manifest } = packages;
  const config = await configured(inputs, host);
  const { failOn, failOnNew } = failLevels(inputs, config);
  await using stack = new AsyncDisposableStack();
  const past = await openPast({ ...inputs, configured: config.baseline, failOnNew }, host, stack);
  const options = lintOptions(inputs, config);
  const { reports, files, version, renamed, unread, ...linted } = await lintPackages(host, { ...options, files: manifest.files, folder });

  const ran = wantedTools(inputs.also.length > 0 ? inputs.also : config.also);
  const beside = await runBeside(inputs, host, packages, ran);
  const explanations = new Map([...linted.explanations, ...beside.explanations]);

  const before = await lintPast(options, ran, past.before, [...new Set(files.map(({ distribution }) => distribution))], host);

  const findings = rankFindings(reports, beside.findings);
  const tree = await openSourceTree(inputs.source, host.files.workspace);
  const marked = await markChanged(await placeAll(findings, tree, host), inputs.source, host);
  const checked = { files, tools: new Set<Tool>(['lintian', ...ran]) };
  const { placed: compared, comparison } = compareFindings(marked, knownOf(past, before, renamed), checked, renamed);
  const placed = markFailing(compared, failOn, failOnNew);
  const failing = placed.filter(({ fails }) => fails).map(({ finding }) => finding);
  const result: LintResult = {
    passed: failing.length === 0,
    failOn,
    failOnNew,
    version,
    files,
    tools: [...checked.tools],
    counts: countFindings(findings),
    placed,
    unread: unread + beside.unread,
    comparison,
    newlyOverridden: await newlyAccepted(
      { source: inputs.source, tree, findings, baseline: past.baseline, before: findingsBefore(past.before, before), renamed },
      host,
    ),
    unusedOverrides: unusedOverridesOf(placed, renamed),
    skipped: beside.skipped,
  };
  const pathOf = await repositoryPaths(inputs.source, host.files.workspace);
  await writeReports(reportFiles(inputs, { content: inputs.sarifResults, pathOf }, result, explanations, failing));
  const { tell } = await import('./telling.ts');
  await tell(result, explanations, { ...inputs, sourcePackage: manifest.sources.map((source) => source.package).join(' ') }, host);
  if (inputs.codeScanning) {
    const { alertOn } = await import('./code-scanning.ts');
    await alertOn(sarifReport(result, explanations, inputs.sarifResults, pathOf), inputs, host);
  }
  if (inputs.updateBaseline) await updateBaseline(past.baseline, { findings, checked, renamed }, host);
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

/** A baseline that is made fails for nothing that it takes in. */
function failLevels(inputs: Inputs, config: LintConfig): Pick<LintResult, 'failOn' | 'failOnNew'> {
  if (inputs.updateBaseline) return { failOn: 'never', failOnNew: 'never' };
  return { failOn: inputs.failOn ?? config.failOn, failOnNew: inputs.failOnNew ?? config.failOnNew };
}

/** What a repository asks for in its configuration. */
async function configured(inputs: Inputs, host: Host): Promise<LintConfig> {
  const file = inputs.config ?? (await nearestConfig(inputs.source, host.files.workspace));
  const { lint } = await loadConfig(file, host.files.workspace);
  return { ...lint, baseline: file && lint.baseline && resolve(rootOf(file), lint.baseline) };
}

function outputsOf(result: LintResult, findings: readonly Finding[], paths: ReportPaths): OutputsOf<typeof spec> {
  const open = findings.filter((finding) => finding.status === 'open').length;
  return {
    result: result.passed ? 'passed' : 'failed',
    errors: `${result.counts.error}`,
    warnings: `${result.counts.warning}`,
    findings: `${open}`,
    newFindings: result.comparison === undefined ? '' : `${result.placed.filter(({ standing }) => standing === 'new').length}`,
    fixedFindings: `${result.comparison?.fixed.length ?? ''}`,
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
