import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  exitCodeOf,
  hasTerminal,
  interruptSignal,
  reportError,
  type TemporaryFolder,
  type TerminalStream,
  temporaryFolder,
  terminalHost,
} from '@release-kit/action';
import type { Command } from 'commander';
import { RunRecord } from './record.ts';
import { type Ended, resultDocument } from './result-document.ts';
import type { PrintingHost, Surroundings } from './surroundings.ts';

/** Does the work; returns what a program may want to know of the result. `logFile` gets every command and all it prints. */
export type Job = (host: PrintingHost, record: RunRecord, logFile: string) => Promise<Readonly<Record<string, unknown>>>;

/** Starts a job for a command; `around` is what it sees in place of what the program was started with. */
export type Start = (command: Command, name: string, job: Job, around?: Surroundings) => Promise<void>;

/** Starts a job for a command; one that answers writes to standard output itself, and its story goes to standard error. */
export type StartAnswering = (command: Command, name: string, job: Job, how: { readonly answers: boolean }) => Promise<void>;

export interface JobOptions {
  readonly json: boolean;
  readonly verbose: boolean;
  /** A shell in the machine in which a build fails. */
  readonly shellOnFailure: boolean;
  /** Standard output is for what the job writes there itself. */
  readonly answers: boolean;
}

/** Runs a job on a terminal host and says how it ended: story, error report, and with `json` one document. */
export async function runJob(name: string, job: Job, options: JobOptions, surroundings: Surroundings): Promise<number> {
  using interrupt = interruptSignal();
  const stream = options.json || options.answers ? surroundings.stderr : surroundings.stdout;
  const { cwd: workspace, env } = surroundings;
  const folder = await folderOrError();
  // Kept only by jobs that copy it to where their user looks.
  await using log = 'error' in folder ? undefined : folder;
  const logFile = join(log?.path ?? '', 'pipeline.log');
  const shell = options.shellOnFailure ? shellFor(stream) : { onFailure: 'end' as const };
  const { onFailure } = shell;
  const host = terminalHost({
    ...{ workspace, env, signal: interrupt.signal, stream, verbose: options.verbose, onFailure },
    ...(log === undefined ? {} : { logFile }),
  });
  if ('reason' in shell) host.log.info(`--shell-on-failure does nothing: ${shell.reason}`);
  const record = new RunRecord();
  const started = host.clock.now();
  const ended = 'error' in folder ? folder : await outcomeOf(() => job(host, record, logFile));
  const seconds = (host.clock.now() - started) / 1000;
  if ('error' in ended) host.log.info(errorText(name, ended.error));
  else if (!options.answers) host.log.info(`${name}: done in ${seconds.toFixed(1)} s`);
  host.finish();
  const exitCode = 'error' in ended ? exitCodeOf(ended.error) : 0;
  if (options.json) {
    const document = resultDocument({
      name,
      exitCode,
      seconds,
      steps: record.steps,
      annotations: host.annotations,
      reports: record.reports,
      ended,
    });
    surroundings.stdout.write(`${host.redact(JSON.stringify(document, undefined, 2))}\n`);
  }
  return exitCode;
}

/** A shell is for somebody who sees what we print and can type. */
function shellFor(stream: TerminalStream): { readonly onFailure: 'shell' } | { readonly onFailure: 'end'; readonly reason: string } {
  if (!hasTerminal()) return { onFailure: 'end', reason: 'there is no terminal' };
  return stream.isTTY === true ? { onFailure: 'shell' } : { onFailure: 'end', reason: 'the output goes elsewhere than to a terminal' };
}

/** Without one nothing can be done, which is told as everything is. */
async function folderOrError(): Promise<TemporaryFolder | { readonly error: unknown }> {
  try {
    return await temporaryFolder(tmpdir(), 'log');
  } catch (error) {
    return { error };
  }
}

async function outcomeOf(work: () => Promise<Readonly<Record<string, unknown>>>): Promise<Ended> {
  try {
    return { result: await work() };
  } catch (error) {
    return { error };
  }
}

function errorText(name: string, error: unknown): string {
  const report = reportError(error);
  return `\n${name}: ${report.code}\n${report.headline}\n${report.details}`;
}
