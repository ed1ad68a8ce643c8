import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { type LintianReport, parseLintianJson, parseLintianText } from '@release-kit/debian';
import type { Machine } from '@release-kit/machine';
import { gapMessage, gapsOf, noticesOf } from './completeness.ts';
import { type Explanations, parseExplanations } from './explanation.ts';
import type { LintBatch } from './lint-plan.ts';
import { explainArgv, lintFolder, lintianArgv } from './lintian-command.ts';

/** Milliseconds. The largest packages of Debian take minutes; small ones 2 to 20 s. */
const lintLimit = 20 * 60_000;
const explainLimit = 60_000;

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

/** Runs lintian on one batch, and accepts its report only when it covers every file. */
export async function lintBatch(host: Host, machine: Machine, batch: LintBatch): Promise<LintianReport> {
  const json = await runLintian(machine, batch, 'json');
  const notices = noticesOf(json.stderr);
  const parsed = readJson(json.stdout);
  if (!(parsed instanceof UserError)) return complete(parsed, batch, notices, json.exitCode);
  // Without output there is nothing that another format would show, unless the option itself was refused.
  if (json.stdout.trim() === '' && !json.stderr.includes('exp-output')) {
    throw incomplete(gapMessage({ files: batch.expected, notices: notices.map(inertLine) }, json.exitCode));
  }
  host.log.warning(`lintian's JSON cannot be used (${inertLine(parsed.message)}), so its text is read instead`);
  const text = await runLintian(machine, batch, 'text');
  return complete(withSilentFiles(parseLintianText(text.stdout), batch), batch, noticesOf(text.stderr), text.exitCode);
}

/** The meanings of tags; without them (an older lintian may refuse) findings are shown by their names alone. */
export async function explainTags(host: Host, machine: Machine, distribution: string, tags: readonly string[]): Promise<Explanations> {
  if (tags.length === 0) return new Map();
  const { stdout, exitCode } = await machine.run(explainArgv(distribution, tags), { ...unprivileged, timeout: explainLimit, allow: 'any' });
  const explanations = parseExplanations(stdout);
  const unknown = tags.filter((tag) => !explanations.has(tag));
  if (unknown.length > 0) host.log.debug(`no explanation for ${unknown.join(', ')} (exit code ${exitCode ?? 'none'})`);
  return explanations;
}

/** lintian unpacks what strangers built, so it gets neither root nor the network. */
const unprivileged = { user: 'nobody', env: { HOME: '/tmp', TMPDIR: '/tmp' }, network: false } as const;

async function runLintian(machine: Machine, batch: LintBatch, format: 'json' | 'text') {
  try {
    const argv = lintianArgv(format, batch.distribution, batch.subjects);
    return await machine.run(argv, { ...unprivileged, cwd: '/tmp', timeout: lintLimit, allow: 'any' });
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_TIMEOUT') throw error;
    throw incomplete(`lintian was not done with ${batch.expected.map(inertLine).join(', ')} after ${lintLimit / 60_000} minutes`, error);
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

/**
 * Text names packages, not files, and says nothing of a file without findings. So presence cannot be shown by it; what
 * counts in text mode is that lintian ended with 0 and told of nothing left out.
 */
function withSilentFiles(report: LintianReport, batch: LintBatch): LintianReport {
  const seen = new Set(report.files.map((file) => file.path));
  return { ...report, files: [...report.files, ...batch.expected.filter((name) => !seen.has(name)).map((path) => ({ path, hints: [] }))] };
}

function incomplete(problem: string | undefined, cause?: unknown): UserError {
  return new UserError('E_LINT_INCOMPLETE', problem ?? 'lintian reported nothing', cause === undefined ? {} : { cause });
}
