import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { interruptSignal } from './base-host.ts';
import { cutText } from './cut-text.ts';
import { hasLifeline, runAsRoot } from './elevation.ts';
import { exitCodeOf, firstErrorOf, UserError } from './errors.ts';
import { writeFileCommand } from './file-command.ts';
import { refuseSecretForFork } from './fork-event.ts';
import type { Host } from './host.ts';
import { codeSpan, inertLine, inertMarkdown } from './inert.ts';
import { refuseOldNode } from './node-version.ts';
import { giveBack, invokerOf } from './ownership.ts';
import { type Report, reportError } from './report.ts';
import { type RunnerHost, type RunnerHostParts, type RunnerServices, runnerHost } from './runner-host.ts';
import { readRunnerInputs } from './runner-inputs.ts';
import { type ActionSpec, camelCase, type InputsOf, type OutputsOf } from './spec.ts';

export type Run<S extends ActionSpec> = (inputs: InputsOf<S>, host: Host) => Promise<OutputsOf<S>>;

/** What an action does at the end of the job, whatever became of it; the inputs are those of the main step. */
export type Post<S extends ActionSpec> = (inputs: InputsOf<S>, host: Host) => Promise<void>;

/** GitHub starts the same program for the main and the post step; this, kept first of all, tells them apart. */
const postState = 'post';

/**
 * Runs an action as GitHub starts it; only this sets outputs, summary and the exit code. `services` are the clients
 * that the action uses: without them, and where GitHub's services are not, the host has none.
 */
export async function runOnRunner<S extends ActionSpec>(
  spec: S,
  run: Run<S>,
  services: RunnerServices = {},
  post?: Post<S>,
): Promise<void> {
  using interrupt = interruptSignal({ lifeline: hasLifeline(process.env) });
  const write = (line: string): boolean => process.stdout.write(`${line}\n`);
  process.exitCode = await runAction(spec, run, { env: process.env, signal: interrupt.signal, write, services }, post);
}

/** Returns the exit code; never throws. */
export async function runAction<S extends ActionSpec>(spec: S, run: Run<S>, parts: RunnerHostParts, post?: Post<S>): Promise<number> {
  const { env } = parts;
  const start = Date.now();
  const host = runnerHost(parts);
  const exitCode = await outcomeOf(spec, () => stepOf(spec, run, post, host), env, host);
  try {
    await writeSummary(host);
  } catch (error) {
    // The outcome of the run stands: a summary is what people read about it, not the thing itself.
    host.log.warning(`The job summary could not be written: ${reportError(error).headline}`);
  }
  await giveFilesBack(spec, env, host, start);
  return exitCode;
}

/** What was made as root, by sudo, belongs to the user that GitHub's next steps run as. */
async function giveFilesBack(spec: ActionSpec, env: NodeJS.ProcessEnv, host: RunnerHost, start: number): Promise<void> {
  const owner = hasLifeline(env) && process.getuid?.() === 0 ? invokerOf(env) : undefined;
  if (owner === undefined) return;
  const written = Object.entries(spec.inputs).flatMap(([name, input]) => {
    const path = input.type === 'path' && input.mustExist !== true ? host.env(`INPUT_${name.toUpperCase()}`) : undefined;
    return path === undefined ? [] : [resolve(host.files.workspace, path)];
  });
  const temporary = host.env('RUNNER_TEMP');
  for (const folder of new Set([host.files.workspace, ...(temporary === undefined ? [] : [temporary]), ...written])) {
    try {
      await giveBack(folder, owner, start);
    } catch (error) {
      host.log.warning(`Files in ${folder} still belong to root: ${reportError(error).headline}`);
    }
  }
}

/** What this start of the program is for: it does its work and says its outputs. A post step has none. */
type Step<S extends ActionSpec> = (inputs: InputsOf<S>, host: Host) => Promise<ReadonlyMap<string, string>>;

async function stepOf<S extends ActionSpec>(spec: S, run: Run<S>, post: Post<S> | undefined, host: Host): Promise<Step<S>> {
  if ((spec.post === undefined) !== (post === undefined)) throw new Error(`${spec.name} declares a post step and has none, or has one`);
  if (post !== undefined && host.state.get(postState) !== undefined)
    return async (inputs) => {
      await post(inputs, host);
      return new Map();
    };
  if (post !== undefined) await host.state.set(postState, 'true');
  return async (inputs) => completeOutputs(spec, await run(inputs, host));
}

async function outcomeOf<S extends ActionSpec>(
  spec: S,
  choose: () => Promise<Step<S>>,
  env: NodeJS.ProcessEnv,
  host: RunnerHost,
): Promise<number> {
  try {
    refuseOldNode();
    await refuseSecretForFork(spec, host.env);
    const step = await choose();
    const ended = await runAsRoot(spec, env, host);
    if (ended !== undefined) return ended;
    await writeOutputs(await step(readRunnerInputs(spec, env, host), host), host);
    return 0;
  } catch (thrown) {
    const error = undeclaredOutput(spec, thrown) ?? thrown;
    await showFailure(spec, host, error);
    return exitCodeOf(error);
  }
}

/** The bug of an error that knows outputs which the action does not have. */
function undeclaredOutput(spec: ActionSpec, thrown: unknown): Error | undefined {
  const first = firstErrorOf(thrown);
  const name = first instanceof UserError ? undeclared(spec, first.outputs) : undefined;
  return name === undefined ? undefined : new Error(`${spec.name} has no output ${name}, but failed with one`, { cause: thrown });
}

function undeclared(spec: ActionSpec, outputs: Readonly<Record<string, string>>): string | undefined {
  const declared = new Set(Object.keys(spec.outputs).map(camelCase));
  return Object.keys(outputs).find((name) => !declared.has(name));
}

function completeOutputs(spec: ActionSpec, outputs: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const extra = undeclared(spec, outputs);
  if (extra !== undefined) throw new Error(`${spec.name} has no output ${extra}, but returned one`);
  return new Map(
    Object.keys(spec.outputs).map((name) => {
      const value = name === 'problem' ? '' : outputs[camelCase(name)];
      if (value === undefined) throw new Error(`${spec.name} returned no value for its output ${name}`);
      return [name, value];
    }),
  );
}

async function writeOutputs(outputs: ReadonlyMap<string, string>, host: RunnerHost): Promise<void> {
  if (outputs.size === 0) return;
  for (const [name, value] of outputs) {
    // The runner itself says it only in the log of the job's end, and a later job gets an empty text.
    if (host.hides(value))
      host.log.warning(`The output ${name} holds text of a secret: GitHub hands it to no other job. Keep a key as base64 on one line.`);
  }
  for (const [name, value] of outputs) await writeFileCommand(host.env('GITHUB_OUTPUT'), name, value);
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
    const value = name === 'problem' ? problemOf(report, host) : mistake?.outputs[camelCase(name)];
    return value === undefined ? [] : [[name, value] as const];
  });
  try {
    await writeOutputs(new Map(known), host);
  } catch (problem) {
    host.log.warning(`The outputs could not be written: ${reportError(problem).headline}`);
  }
}

/** For a later job. One with a secret in it would be taken for another secret, and dropped. */
function problemOf({ code, headline }: Report, host: RunnerHost): string {
  const line = cutText(inertLine(headline.replace(/\s*\n.*$/s, '')), 300);
  return host.hides(line) ? code : line;
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
