import { type ActionSource, findAction } from './action-source.ts';
import { shownAnnotations } from './annotation-limit.ts';
import type { StepDefinition } from './definitions.ts';
import { conditionHolds, ExpressionProblem, evaluateIn, isTrue, textIn } from './expression.ts';
import { type Done, type Frame, type Machine, undone } from './machine.ts';
import type { Conclusion, StepOutcome } from './outcome.ts';
import { SetUpProblem } from './repositories.ts';
import { runAction } from './step-action.ts';
import { runCheckout } from './step-checkout.ts';
import { stepScope } from './step-scope.ts';
import { runScript } from './step-script.ts';

/** Runs steps one after the other, as a job or a composite action does; a step that fails ends nothing, it changes what `if:` says. */
export async function runSteps(machine: Machine, frame: Frame, definitions: readonly StepDefinition[]): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const [index, definition] of definitions.entries()) {
    const outcome = await runStep(machine, frame, definition, `${frame.place}${index}`);
    if (outcome.conclusion === 'failure') frame.failed = true;
    const { id, outputs, outcome: before, conclusion } = outcome;
    if (id !== undefined) frame.steps.set(id, { outputs, outcome: before, conclusion });
    outcomes.push(outcome);
  }
  return outcomes;
}

async function runStep(machine: Machine, frame: Frame, definition: StepDefinition, place: string): Promise<StepOutcome> {
  const startedAt = Date.now();
  const skipped: Done = { conclusion: 'success', exitCode: null, outputs: {}, lines: [], debug: [], annotations: [], summary: '' };
  const finish = (name: string, outcome: Conclusion, conclusion: Conclusion, done: Done): StepOutcome => ({
    ...finished(done, startedAt),
    id: definition.id,
    uses: definition.uses,
    stage: 'main',
    name: machine.job.masks.apply(name),
    outcome,
    conclusion,
  });
  let name = String(definition.name ?? defaultName(definition));
  try {
    const env = await environmentOf(machine, frame, definition);
    const scope = stepScope(machine, frame, env);
    if (definition.name !== undefined) name = textIn(definition.name, scope);
    if (!conditionHolds(definition.if, scope)) return finish(name, 'skipped', 'skipped', skipped);
    const done = await limited(machine, definition, frame, (signal) => runWork(machine, frame, definition, { env, place, signal, name }));
    const allowed = done.conclusion === 'failure' && isTrue(evaluateIn(definition.continueOnError ?? false, scope));
    return finish(name, done.conclusion, allowed ? 'success' : done.conclusion, done);
  } catch (error) {
    if (error instanceof SetUpProblem || !(error instanceof Error)) throw error;
    // What a workflow or an action has wrong is a failed step; what is wrong in this runner is not.
    if (!(error instanceof ExpressionProblem) && error.constructor !== Error) throw error;
    return finish(name, 'failure', 'failure', undone(error.message));
  }
}

async function environmentOf(machine: Machine, frame: Frame, { env }: StepDefinition): Promise<Readonly<Record<string, string>>> {
  const scope = stepScope(machine, frame);
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, textIn(value, scope)]));
}

/** What a step is told besides what it says itself. */
export interface StepWork {
  readonly env: Readonly<Record<string, string>>;
  readonly place: string;
  readonly signal: AbortSignal | undefined;
  readonly name: string;
}

async function runWork(machine: Machine, frame: Frame, definition: StepDefinition, work: StepWork): Promise<Done> {
  if (definition.run !== undefined) return runScript(machine, frame, definition, work);
  const scope = stepScope(machine, frame, work.env);
  const given = Object.fromEntries(Object.entries(definition.with).map(([name, value]) => [name, textIn(value, scope)]));
  const source: ActionSource = await findAction(definition.uses ?? '', machine.job.workspace, machine.repositories);
  if (source.kind === 'checkout') return runCheckout(machine, given);
  return runAction(machine, frame, source, given, work);
}

/** Ends a step when its own time is up, or when the job is cancelled while it runs; what runs after that is not ended again. */
async function limited(
  machine: Machine,
  { timeoutMinutes }: StepDefinition,
  frame: Frame,
  run: (signal: AbortSignal | undefined) => Promise<Done>,
): Promise<Done> {
  const minutes = timeoutMinutes === undefined ? undefined : Number(evaluateIn(timeoutMinutes, stepScope(machine, frame)));
  const over = minutes === undefined ? undefined : AbortSignal.timeout(minutes * 60_000);
  const signals = [over, machine.signal.aborted ? undefined : machine.signal].filter((signal) => signal !== undefined);
  const done = await run(signals.length === 0 ? undefined : AbortSignal.any(signals));
  if (over?.aborted !== true || machine.signal.aborted) return done;
  const message = `The action has timed out after ${minutes} minutes.`;
  return { ...done, conclusion: 'failure', annotations: [...done.annotations, { level: 'error', message, properties: {} }] };
}

function defaultName({ uses, run }: StepDefinition): string {
  return `Run ${uses ?? (run ?? '').trim().split('\n')[0] ?? ''}`;
}

/** The part of an outcome that says what a program did. */
export function finished(done: Done, startedAt: number): Omit<StepOutcome, 'id' | 'uses' | 'stage' | 'name' | 'outcome' | 'conclusion'> {
  const { exitCode, outputs, summary, lines, debug, steps = [] } = done;
  return { exitCode, outputs, summary, lines, debug, steps, ...shownAnnotations(done.annotations), startedAt, endedAt: Date.now() };
}
