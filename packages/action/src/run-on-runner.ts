import { interruptSignal } from './base-host.ts';
import { exitCodeOf, UserError } from './errors.ts';
import type { Host } from './host.ts';
import { readInputs } from './inputs.ts';
import { reportError } from './report.ts';
import { type RunnerHost, runnerHost } from './runner-host.ts';
import type { ActionSpec, InputsOf, OutputsOf } from './spec.ts';
import { camelCase } from './spec.ts';

export type Run<S extends ActionSpec> = (inputs: InputsOf<S>, host: Host) => Promise<OutputsOf<S>>;

/** Runs an action as GitHub starts it; only this sets outputs and the exit code. */
export async function runOnRunner<S extends ActionSpec>(spec: S, run: Run<S>): Promise<void> {
  using interrupt = interruptSignal();
  const host = runnerHost(process.env, interrupt.signal, (line) => process.stdout.write(`${line}\n`));
  try {
    const inputs = readRunnerInputs(spec, host);
    await writeOutputs(spec, await run(inputs, host));
  } catch (error) {
    fail(spec, host, error);
  }
  await writeSummary(host);
}

/** The runner hands inputs over as INPUT_<NAME>: upper case, blanks as `_`, hyphens kept (actions/runner, Handler). */
function readRunnerInputs<S extends ActionSpec>(spec: S, host: RunnerHost): InputsOf<S> {
  const given: Record<string, string> = {};
  const names = new Map(Object.keys(spec.inputs).map((name) => [name.toUpperCase(), name]));
  for (const [variable, value] of Object.entries(process.env)) {
    if (!variable.startsWith('INPUT_')) continue;
    const upper = variable.slice('INPUT_'.length);
    const name = names.get(upper) ?? upper.toLowerCase();
    if (spec.inputs[name]?.type === 'secret' && value) host.mask(value);
    given[name] = value ?? '';
  }
  return readInputs(spec, given, { workspace: host.files.workspace, nameOf: (input) => `input ${input}` });
}

async function writeOutputs<S extends ActionSpec>(spec: S, outputs: OutputsOf<S>): Promise<void> {
  const { setOutput } = await import('@actions/core');
  const values: Readonly<Record<string, string>> = outputs;
  for (const name of Object.keys(spec.outputs)) {
    const value = values[camelCase(name)];
    if (value === undefined) throw new Error(`${spec.name} returned no value for its output ${name}`);
    setOutput(name, value);
  }
}

function fail(spec: ActionSpec, host: RunnerHost, error: unknown): void {
  const report = reportError(error);
  host.log.info(report.details);
  const place = error instanceof UserError && error.place !== undefined ? error.place : undefined;
  host.annotate({ level: 'error', title: `${spec.name}: ${report.code}`, message: `${report.headline}\n${report.details}`, ...place });
  process.exitCode = exitCodeOf(error);
}

async function writeSummary(host: RunnerHost): Promise<void> {
  for (const sentence of host.budget.overflow()) host.log.info(sentence);
  if (host.summary.text === '' || host.env('GITHUB_STEP_SUMMARY') === undefined) return;
  const { summary } = await import('@actions/core');
  await summary.addRaw(host.summary.text).write();
}
