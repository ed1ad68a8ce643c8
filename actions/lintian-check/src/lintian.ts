import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { type LintianReport, parseLintianJson, parseLintianText, parseTagFacts, type TagFacts, withTagFacts } from '@release-kit/debian';
import type { Machine } from '@release-kit/machine';
import { checkedByLog, gapMessage, gapsOf, noticesOf } from './completeness.ts';
import { type Explanations, parseExplanations } from './explanation.ts';
import type { LintBatch } from './lint-plan.ts';
import { explainArgv, type LintianOptions, lintFolder, lintianArgv, tagFactsArgv, unprivileged } from './lintian-command.ts';
import { namedFiles, withoutDebug } from './text-report.ts';

/** Milliseconds. The largest packages of Debian take minutes; small ones 2 to 20 s. */
const lintLimit = 20 * 60_000;
const explainLimit = 60_000;

/** What is known beside the batch before lintian starts. */
export interface LintianRun {
  readonly options: LintianOptions;
  readonly facts: ReadonlyMap<string, TagFacts>;
}

/** Puts files of `folder` where lintian reads them, readable for everyone in the machine. */
export async function bringFiles(host: Host, machine: Machine, folder: string, names: readonly string[]): Promise<void> {
  await using staging = await host.files.temporary('lint');
  for (const name of names) {
    await copyFile(join(folder, name), join(staging.path, name));
    await chmod(join(staging.path, name), 0o644);
  }
  // The folder that holds it stays ours alone; what counts are the modes inside the machine.
  await chmod(staging.path, 0o755);
  await machine.copyIn(staging.path, lintFolder);
}

/** Version of the machine's lintian, asked from dpkg because some releases leave it out of their report. */
export async function lintianVersion(machine: Machine): Promise<string> {
  const { stdout } = await machine.run(['dpkg-query', '--show', '--showformat', `\${Version}`, 'lintian'], { allow: 'any' });
  return stdout.trim() === '' ? 'of unknown version' : inertLine(stdout.trim());
}

/** What the machine's lintian knows of its tags, by their present names. */
export async function lintianTags(machine: Machine): Promise<ReadonlyMap<string, TagFacts>> {
  return parseTagFacts((await machine.run(tagFactsArgv, unprivileged)).stdout);
}

/** Runs lintian on one batch, and accepts its report only when it covers every file. */
export async function lintBatch(host: Host, machine: Machine, batch: LintBatch, run: LintianRun): Promise<LintianReport> {
  const json = await runLintian(machine, batch, run.options, 'json');
  const notices = noticesOf(json.stderr);
  const parsed = readJson(json.stdout);
  if (!(parsed instanceof UserError) && parsed.unread.length === 0) return complete(parsed, batch, notices, json.exitCode);
  // Without output there is nothing that another format would show, unless the option itself was refused.
  if (json.stdout.trim() === '' && !json.stderr.includes('exp-output')) {
    throw incomplete(gapMessage({ files: batch.expected, notices: notices.map(inertLine) }, json.exitCode));
  }
  const problem = parsed instanceof UserError ? inertLine(parsed.message) : `${parsed.unread.length} findings in it have an unknown form`;
  host.log.warning(`lintian's JSON cannot be used (${problem}), so its text is read instead`);
  const text = await readText(machine, batch, run);
  // An unknown form of JSON whose text says no more is as good as it gets.
  const better = parsed instanceof UserError || text.unread.length < parsed.unread.length;
  return better ? text : complete(parsed, batch, notices, json.exitCode);
}

async function readText(machine: Machine, batch: LintBatch, { options, facts }: LintianRun): Promise<LintianReport> {
  const { stdout, stderr, exitCode } = await runLintian(machine, batch, options, 'text');
  const report = withTagFacts(parseLintianText(withoutDebug(stdout)), facts);
  const proved = checkedByLog(`${stderr}\n${stdout}`, batch.expected);
  return complete(namedFiles(report, proved), batch, noticesOf(stderr), exitCode);
}

/** The meanings of tags; without them (an older lintian may refuse) findings are shown by their names alone. */
export async function explainTags(host: Host, machine: Machine, distribution: string, tags: readonly string[]): Promise<Explanations> {
  if (tags.length === 0) return new Map();
  const ask = (width: number | undefined) =>
    machine.run(explainArgv(distribution, tags, width), { ...unprivileged, timeout: explainLimit, allow: 'any' });
  const wide = await ask(100);
  const { stdout, exitCode } = wide.stdout === '' ? await ask(undefined) : wide;
  const explanations = parseExplanations(stdout);
  const unknown = tags.filter((tag) => !explanations.has(tag));
  if (unknown.length > 0) host.log.debug(`no explanation for ${unknown.map(inertLine).join(', ')} (exit code ${exitCode ?? 'none'})`);
  return explanations;
}

async function runLintian(machine: Machine, batch: LintBatch, options: LintianOptions, format: 'json' | 'text') {
  try {
    const argv = lintianArgv(format, batch.distribution, batch.subjects, options);
    return await machine.run(argv, { ...unprivileged, cwd: '/tmp', timeout: lintLimit, allow: 'any' });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const names = batch.expected.map(inertLine).join(', ');
    if (error.code === 'E_TIMEOUT') throw incomplete(`lintian was not done with ${names} after ${lintLimit / 60_000} minutes`, error);
    // Its output had no end.
    if (error.code === 'E_COMMAND') throw incomplete(`lintian was stopped at ${names}: ${error.message}`, error);
    throw error;
  }
}

function readJson(text: string): LintianReport | UserError {
  try {
    return parseLintianJson(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function complete(report: LintianReport, batch: LintBatch, notices: readonly string[], exitCode: number | null): LintianReport {
  const problem = gapMessage(gapsOf(report, batch.expected, notices), exitCode);
  if (problem !== undefined) throw incomplete(problem);
  return report;
}

function incomplete(problem: string | undefined, cause?: unknown): UserError {
  return new UserError('E_LINT_INCOMPLETE', problem ?? 'lintian reported nothing', cause === undefined ? {} : { cause });
}
