import { appendFile } from 'node:fs/promises';
import { interruptSignal } from './base-host.ts';
import { exitCodeOf, firstErrorOf, UserError } from './errors.ts';
import type { Host } from './host.ts';
import { codeSpan, inertMarkdown } from './inert.ts';
import { type Report, reportError } from './report.ts';
import { type RunnerHost, runnerHost } from './runner-host.ts';
import { readRunnerInputs } from './runner-inputs.ts';
import { type ActionSpec, camelCase, type InputsOf, type OutputsOf } from './spec.ts';

export type Run<S extends ActionSpec> = (inputs: InputsOf<S>, host: Host) => Promise<OutputsOf<S>>;

/** Runs an action as GitHub starts it; only this sets outputs, summary and the exit code. */
export async function runOnRunner<S extends ActionSpec>(spec: S, run: Run<S>): Promise<void> {
  using interrupt = interruptSignal();
  process.exitCode = await runAction(spec, run, {
    env: process.env,
    signal: interrupt.signal,
    write: (line) => process.stdout.write(`${line}\n`),
  });
}

/** What a runner gives to an action; outputs go to the file that `process.env` names (the toolkit reads no other). */
export interface RunnerSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Writes one line to the log. */
  readonly write: (line: string) => void;
}

/** Returns the exit code; never throws. */
export async function runAction<S extends ActionSpec>(spec: S, run: Run<S>, { env, signal, write }: RunnerSurroundings): Promise<number> {
  const host = runnerHost(env, signal, write);
  const exitCode = await outcomeOf(spec, run, env, host);
  try {
    await writeSummary(host);
  } catch (error) {
    // The outcome of the run stands: a summary is what people read about it, not the thing itself.
    host.log.warning(`The job summary could not be written: ${reportError(error).headline}`);
  }
  return exitCode;
}

async function outcomeOf<S extends ActionSpec>(spec: S, run: Run<S>, env: NodeJS.ProcessEnv, host: RunnerHost): Promise<number> {
  try {
    const outputs = await run(readRunnerInputs(spec, env, host), host);
    await writeOutputs(completeOutputs(spec, outputs));
    return 0;
  } catch (error) {
    await showFailure(spec, host, error);
    return exitCodeOf(error);
  }
}

function completeOutputs(spec: ActionSpec, outputs: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.keys(spec.outputs).map((name) => {
      const value = outputs[camelCase(name)];
      if (value === undefined) throw new Error(`${spec.name} returned no value for its output ${name}`);
      return [name, value];
    }),
  );
}

async function writeOutputs(outputs: ReadonlyMap<string, string>): Promise<void> {
  if (outputs.size === 0) return;
  const { setOutput } = await import('@actions/core');
  for (const [name, value] of outputs) setOutput(name, value);
}

async function showFailure(spec: ActionSpec, host: RunnerHost, error: unknown): Promise<void> {
  const first = firstErrorOf(error);
  const mistake = first instanceof UserError ? first : undefined;
  const report = reportError(error);
  host.annotateFailure({
    level: 'error',
    title: `${spec.name}: ${report.code}`,
    message: `${report.headline}\n${report.details}`,
    ...mistake?.place,
  });
  host.summary.addLast(failureMarkdown(spec, report));
  const known = Object.keys(spec.outputs).flatMap((name) => {
    const value = mistake?.outputs[camelCase(name)];
    return value === undefined ? [] : [[name, value] as const];
  });
  try {
    await writeOutputs(new Map(known));
  } catch (problem) {
    host.log.warning(`The outputs could not be written: ${reportError(problem).headline}`);
  }
}

function failureMarkdown(spec: ActionSpec, report: Report): string {
  return `### ${spec.name} failed: ${codeSpan(report.code)}\n\n${inertMarkdown(report.headline)}\n\nWhat to do: ${inertMarkdown(report.cure)}`;
}

async function writeSummary(host: RunnerHost): Promise<void> {
  for (const sentence of host.budget.overflow()) host.log.info(sentence);
  const file = host.env('GITHUB_STEP_SUMMARY');
  // The file is plain Markdown without framing, so that the toolkit would add only its start-up time.
  if (host.summary.text !== '' && file !== undefined) await appendFile(file, host.summary.text);
}
