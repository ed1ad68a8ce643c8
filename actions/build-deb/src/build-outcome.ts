import { basename, dirname, join } from 'node:path';
import {
  CommandError,
  codeBlock,
  codeSpan,
  errorCatalog,
  firstErrorOf,
  type Host,
  inertLine,
  inertMarkdown,
  innerPath,
  type Place,
  reportError,
  UserError,
} from '@release-kit/action';
import { type BuildProblem, knownFailure } from '@release-kit/debian';
import { type BuildReport, type ReportedFailure, writeBuildReport } from '@release-kit/manifest';
import type { BuildRecord } from './build-record.ts';
import { phaseTable } from './phase-table.ts';
import { reproduceCommand } from './reproduce-command.ts';
import type { Source } from './source.ts';

export interface OutcomeFacts {
  readonly source: Source;
  readonly distribution: { readonly name: string };
  readonly architecture: string;
  readonly strategy: string;
  /** Absolute; the report is written beside it. */
  readonly logFile: string;
}

/** Writes the report of a build that ended well. */
export async function reportBuilt(host: Host, record: BuildRecord, facts: OutcomeFacts): Promise<void> {
  await writeBuildReport(reportFile(facts), { ...reportOf(host, facts), outcome: 'built', phases: await record.uses() });
}

/**
 * What a failed build leaves for people: a report, a block in the summary, and the command that builds it again. Returns the error that the run
 * ends with: of a build that took too long it names the phase.
 */
export async function reportFailed(host: Host, record: BuildRecord, facts: OutcomeFacts, thrown: unknown): Promise<unknown> {
  const error = lateError(firstErrorOf(thrown), record);
  if (!(error instanceof UserError) || error.code === 'E_CANCELLED') return thrown;
  const problem = record.problem ?? problemOfCode(error);
  const report = { ...reportOf(host, facts), outcome: 'failed', failure: failureOf(error, problem), phases: await record.uses() } as const;
  // A disk that is full is no reason to hide why the build failed.
  await writeBuildReport(reportFile(facts), report).catch((cause) =>
    host.log.info(`no report was written: ${reportError(cause).headline}`),
  );
  host.summary.add(failureSummary(report, { error, problem, log: `logs/${basename(facts.logFile)}` }));
  host.log.info(`build it again with: ${report.reproduce}`);
  return error;
}

/** What apt cannot install is read from its own output, not from a build's. */
function problemOfCode({ code, message }: UserError): BuildProblem | undefined {
  return code === 'E_BUILD_DEPENDS' ? { failure: 'unmet-dependencies', category: 'depends', message } : undefined;
}

/** The command that took too long is the machine's launcher; people know it as the build. */
function lateError(error: unknown, { where }: BuildRecord): unknown {
  if (!(error instanceof UserError) || error.code !== 'E_TIMEOUT' || where === undefined) return error;
  return new UserError('E_TIMEOUT', `the build took longer than the input timeout allows; it was in the phase ${inertLine(where)}`, {
    cause: error,
    cure: 'Look at the end of logs/build.log in the output folder: a build that waits for something never ends. Raise the input timeout when it really needs longer.',
  });
}

function reportOf(host: Host, { source, distribution, architecture, strategy }: OutcomeFacts): Omit<BuildReport, 'outcome' | 'phases'> {
  const path = source.kind === 'dsc' ? source.file : source.folder;
  const named = { source: innerPath(host.files.workspace, path) ?? path, architecture, distribution: distribution.name, strategy };
  return { schema: 1, distribution: distribution.name, architecture, strategy, reproduce: reproduceCommand(named) };
}

function reportFile({ logFile }: OutcomeFacts): string {
  return join(dirname(logFile), `${basename(logFile, '.log')}.json`);
}

function failureOf(error: UserError, problem: BuildProblem | undefined): ReportedFailure {
  return {
    code: error.code,
    message: inertLine(error.message),
    ...(error.place === undefined ? {} : { place: placeText(error.place) }),
    ...(problem === undefined ? {} : { failure: problem.failure, category: problem.category }),
    cure: inertLine(error.cure),
  };
}

function placeText({ file, line, column }: Place): string {
  return [inertLine(file), line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

export interface FailureFacts {
  readonly error: UserError;
  readonly problem: BuildProblem | undefined;
  /** As people find it in the output folder. */
  readonly log: string;
}

/** The block of the summary: what, where, what to do, the last lines, what each phase took, how to try it again. */
export function failureSummary(report: BuildReport, { error, problem, log }: FailureFacts): string {
  const { failure, distribution, architecture, phases, reproduce } = report;
  const title = problem === undefined ? errorCatalog[error.code].cause.replace(/\.$/, '') : knownFailure(problem.failure).title;
  const lines = error instanceof CommandError ? error.failure.lastLines : [];
  return [
    `### The build for ${codeSpan(distribution)} ${codeSpan(architecture)} failed: ${inertMarkdown(title)}`,
    '',
    `${failure?.place === undefined ? '' : `${codeSpan(failure.place)}: `}${inertMarkdown(error.message)}`,
    '',
    `What to do: ${inertMarkdown(error.cure)}`,
    '',
    ...(lines.length === 0 ? [] : [codeBlock(lines.join('\n')), '']),
    ...(phases.length === 0 ? [] : [phaseTable(phases), '']),
    `The whole log is ${codeSpan(log)} in the output folder. To build it again:`,
    '',
    codeBlock(reproduce, 'sh'),
    '',
  ].join('\n');
}
