import {
  type Annotation,
  exitCodeOf,
  interruptSignal,
  reportError,
  type TerminalHost,
  type TerminalStream,
  terminalHost,
  UserError,
} from '@release-kit/action';
import { RunRecord } from './record.ts';
import type { ReadableHost, Surroundings } from './surroundings.ts';

/** Does the work; returns what a program may want to know of the result. */
export type Job = (host: ReadableHost, record: RunRecord) => Promise<Readonly<Record<string, unknown>>>;

export interface JobOptions {
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Runs a job on a terminal host and says how it ended: story, error report, or one JSON document. */
export async function runJob(name: string, job: Job, options: JobOptions, surroundings: Surroundings): Promise<number> {
  using interrupt = interruptSignal();
  const stream = options.json ? surroundings.stderr : surroundings.stdout;
  const host = terminalHost({
    workspace: surroundings.cwd,
    env: surroundings.env,
    signal: interrupt.signal,
    stream,
    verbose: options.verbose,
  });
  const record = new RunRecord();
  const started = host.clock.now();
  const ended = await outcomeOf(job, host, record);
  host.finish();
  const seconds = (host.clock.now() - started) / 1000;
  if ('error' in ended) printError(name, ended.error, stream);
  else stream.write(`${name}: done in ${seconds.toFixed(1)} s\n`);
  const exitCode = 'error' in ended ? exitCodeOf(ended.error) : 0;
  if (options.json)
    surroundings.stdout.write(`${JSON.stringify(document(name, exitCode, seconds, record, host.annotations, ended), null, 2)}\n`);
  return exitCode;
}

type Ended = { readonly result: Readonly<Record<string, unknown>> } | { readonly error: unknown };

async function outcomeOf(job: Job, host: TerminalHost, record: RunRecord): Promise<Ended> {
  try {
    return { result: await job(host, record) };
  } catch (error) {
    return { error };
  }
}

function printError(name: string, error: unknown, stream: TerminalStream): void {
  const report = reportError(error);
  stream.write(`\n${name}: ${report.code}\n${report.headline}\n${report.details}\n`);
}

function document(
  name: string,
  exitCode: number,
  seconds: number,
  record: RunRecord,
  annotations: readonly Annotation[],
  ended: Ended,
): object {
  const error = 'error' in ended ? reportError(ended.error) : undefined;
  return {
    command: name,
    exitCode,
    seconds,
    steps: record.steps,
    annotations,
    ...('result' in ended ? { result: ended.result } : {}),
    ...(error === undefined
      ? {}
      : {
          error: {
            code: error.code,
            message: error.headline,
            details: error.details,
            ...('error' in ended && ended.error instanceof UserError ? { place: ended.error.place, cure: ended.error.cure } : {}),
          },
        }),
  };
}
