import type { LoggedAnnotation } from '../runner/index.ts';
import type { JobDefinition } from './definitions.ts';
import { enterEnvironment } from './environment.ts';
import { evaluateIn, isTrue, type Scope, textIn } from './expression.ts';
import { errorOf, jobContexts } from './job-contexts.ts';
import { takeMachine } from './job-machine.ts';
import { isObject, type Json, type JsonObject, textsOf } from './json.ts';
import type { Frame, Machine } from './machine.ts';
import type { Conclusion, JobOutcome, RunnerRecord, StepOutcome } from './outcome.ts';
import { prepare } from './preparation.ts';
import { SetUpProblem } from './repositories.ts';
import type { Leg, Level, RunState } from './run-state.ts';
import { stepScope } from './step-scope.ts';
import { runSteps } from './steps.ts';

/** Labels of GitHub's own machines that this one can stand for. */
const hosted = ['ubuntu-latest', 'ubuntu-24.04', 'ubuntu-22.04'];
/** Minutes that a job has where it does not say. */
const defaultMinutes = 360;
/** The most that a timer can wait, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** Runs one job on a fresh runner: its steps, what they leave to be done after them, and its outputs. */
export async function runOnRunner(state: RunState, level: Level, definition: JobDefinition, leg: Leg): Promise<JobOutcome> {
  if (definition.work.kind !== 'steps') throw new SetUpProblem(`${leg.key} has no steps`);
  const startedAt = Date.now();
  const scope: Scope = { contexts: { ...jobContexts(state, level, leg), secrets: level.secrets } };
  const labels = labelsOf(evaluateIn(definition.work.runsOn, scope), state.request.labels ?? []);
  const entered = await enterEnvironment(state, definition, scope, leg.name);
  const { environment } = entered;
  const common = { ...outcomeBase(state, definition, leg), startedAt };
  if (entered.refusal !== undefined)
    return { ...common, conclusion: 'failure', result: 'failure', annotations: [errorOf(entered.refusal)], endedAt: Date.now() };

  const minutes = Number(evaluateIn(definition.timeoutMinutes ?? defaultMinutes, scope));
  const overTime = AbortSignal.timeout(Math.min(minutes * 60_000, longestTimer));
  await using taken = await takeMachine(state, level, definition, leg, entered, AbortSignal.any([leg.signal, overTime]));
  const { machine, token, permissions, idToken } = taken;
  const frame: Frame = { place: '', contexts: machine.contexts, steps: new Map(), env: {}, composite: false, failed: false };
  const { steps, problem } = await runAll(machine, frame, definition.work.steps);
  const conclusion: Conclusion = machine.signal.aborted ? 'cancelled' : frame.failed ? 'failure' : 'success';
  const { outputs, withSecrets } = outputsIn(machine, frame, definition.outputs);
  const annotations = [
    ...(problem === undefined ? [] : [errorOf(problem)]),
    ...(overTime.aborted && !leg.signal.aborted ? [errorOf(tooLong(minutes))] : []),
    ...withSecrets.map(
      (name): LoggedAnnotation => ({ level: 'warning', message: `Skip output '${name}' since it may contain secret.`, properties: {} }),
    ),
  ];
  const end = stepScope(machine, frame);
  const isAllowed = conclusion === 'failure' && isTrue(evaluateIn(definition.continueOnError ?? false, end));
  const environmentUrl = entered.url === undefined ? undefined : textIn(entered.url, end);
  const runner: RunnerRecord = { labels, workspace: machine.job.workspace, token, permissions, idToken, environment, environmentUrl };
  return { ...common, conclusion, result: isAllowed ? 'success' : conclusion, outputs, annotations, steps, runner, endedAt: Date.now() };
}

/** What comes before the steps, the steps, and what comes after them, last first. */
async function runAll(
  machine: Machine,
  frame: Frame,
  definitions: Parameters<typeof runSteps>[2],
): Promise<{ readonly steps: readonly StepOutcome[]; readonly problem: string | undefined }> {
  const steps: StepOutcome[] = [];
  const problem = await prepare(machine, frame, definitions, steps);
  if (problem === undefined) steps.push(...(await runSteps(machine, frame, definitions)));
  else frame.failed = true;
  for (const post of machine.posts.splice(0)) {
    const outcome = await post();
    if (outcome.conclusion === 'failure') frame.failed = true;
    steps.push(outcome);
  }
  return { steps, problem };
}

function outcomeBase({ attempt }: RunState, { id, needs }: JobDefinition, { key, name, matrix }: Leg) {
  const nothing = { outputs: {}, steps: [], jobs: [], runner: undefined, concurrency: undefined } as const;
  return { kind: 'job', id, key, name, needs, attempt, matrix, ...nothing } as const;
}

const tooLong = (minutes: number): string =>
  `The job running on runner runner has exceeded the maximum execution time of ${minutes} minutes.`;

function labelsOf(runsOn: Json, more: readonly string[]): readonly string[] {
  const labels = textsOf(isObject(runsOn) ? (runsOn['labels'] ?? null) : runsOn, 'runs-on');
  const missing = labels.filter((label) => !hosted.includes(label) && !more.includes(label));
  if (labels.length === 0 || missing.length > 0)
    throw new SetUpProblem(`no runner has the label ${missing.join(', ') || '(none)'}; labels may be given to the runner of workflows`);
  return labels;
}

/** Outputs that have a value; what holds a secret is not handed on. */
function outputsIn(
  machine: Machine,
  frame: Frame,
  outputs: JsonObject,
): { readonly outputs: Readonly<Record<string, string>>; readonly withSecrets: readonly string[] } {
  const scope = stepScope(machine, frame);
  const all = Object.entries(outputs).map(([name, value]) => [name, textIn(value, scope)] as const);
  const withSecrets = all.filter(([, value]) => machine.job.masks.apply(value) !== value).map(([name]) => name);
  return { outputs: Object.fromEntries(all.filter(([name, value]) => value !== '' && !withSecrets.includes(name))), withSecrets };
}
