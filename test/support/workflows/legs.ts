import { runCall } from './call-run.ts';
import type { JobDefinition } from './definitions.ts';
import { evaluateIn, isTrue, type Scope, textIn } from './expression.ts';
import { errorOf, jobContexts } from './job-contexts.ts';
import { runOnRunner } from './job-run.ts';
import { isObject, type Json, type JsonObject, objectOf } from './json.ts';
import { expandMatrix, legLabel } from './matrix.ts';
import { type JobOutcome, together } from './outcome.ts';
import type { Leg, Level, RunState } from './run-state.ts';
import { allEnded, Slots } from './slots.ts';

interface JobToRun {
  readonly key: string;
  readonly needs: Json;
  readonly scope: Scope;
}

/** Runs a job, or all legs of its matrix. A leg that fails ends the others, unless `fail-fast` says otherwise. */
export async function runLegs(
  state: RunState,
  level: Level,
  definition: JobDefinition,
  { key, needs, scope }: JobToRun,
): Promise<JobOutcome> {
  const startedAt = Date.now();
  const strategy = objectOf(evaluateIn(definition.strategy, scope), `${key}: strategy`);
  const { matrix } = strategy;
  let legs: readonly (JsonObject | undefined)[];
  try {
    legs = matrix === undefined || matrix === null ? [undefined] : expandMatrix(matrix);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      ...emptyOutcome(state, level, definition, key, startedAt),
      conclusion: 'failure',
      result: 'failure',
      annotations: [errorOf(error.message)],
    };
  }
  const failFast = isTrue(strategy['fail-fast'] ?? true);
  const stop = new AbortController();
  const atATime = new Slots(Number(strategy['max-parallel'] ?? legs.length));
  const outputs: Record<string, string> = {};
  const outcomes = await allEnded(
    legs.map((values, index) =>
      atATime.with(async () => {
        const inMatrix = values !== undefined;
        const leg: Leg = {
          key: inMatrix ? `${key}[${index}]` : key,
          name: nameOf(level, definition, values, scope),
          matrix: values,
          strategy: {
            'fail-fast': failFast,
            'job-index': index,
            'job-total': legs.length,
            'max-parallel': Number(strategy['max-parallel'] ?? legs.length),
          },
          needs,
          permissions: level.tree.permissions.get(definition.id) ?? {},
          signal: AbortSignal.any([level.signal, stop.signal]),
        };
        const outcome = await runLeg(state, level, definition, leg);
        if (outcome.result === 'failure' && failFast) stop.abort();
        // Legs write over each other as they end; what is empty writes nothing.
        for (const [name, value] of Object.entries(outcome.outputs)) if (value !== '') outputs[name] = value;
        return outcome;
      }),
    ),
    () => stop.abort(),
  );
  const [only] = outcomes;
  if (legs[0] === undefined && only !== undefined) return only;
  return {
    ...emptyOutcome(state, level, definition, key, startedAt),
    kind: 'matrix',
    conclusion: together(outcomes.map(({ conclusion }) => conclusion)),
    result: together(outcomes.map(({ result }) => result)),
    outputs,
    attempt: Math.max(...outcomes.map(({ attempt }) => attempt)),
    jobs: outcomes,
  };
}

async function runLeg(state: RunState, level: Level, definition: JobDefinition, leg: Leg): Promise<JobOutcome> {
  const startedAt = Date.now();
  const idle = { ...emptyOutcome(state, level, definition, leg.key, startedAt), name: leg.name, matrix: leg.matrix };
  const cancelled = (message: string): JobOutcome => ({
    ...idle,
    conclusion: 'cancelled',
    result: 'cancelled',
    annotations: [errorOf(message)],
    endedAt: Date.now(),
  });
  const kept = state.previous.get(leg.key);
  // Only legs that did not go well run again; a call looks at its own jobs.
  if (leg.matrix !== undefined && !level.isAfresh && kept?.kind === 'job' && kept.result === 'success') return kept;
  const scope: Scope = { contexts: jobContexts(state, level, leg) };
  const wanted = definition.concurrency === undefined ? undefined : groupOf(evaluateIn(definition.concurrency, scope));
  const deadlock = deadlockOf(level, wanted?.group, definition.id);
  if (deadlock !== undefined) return cancelled(deadlock);
  const stop = new AbortController();
  const membership = wanted === undefined ? undefined : state.groups.join(wanted.group, wanted.cancelInProgress, () => stop.abort());
  try {
    if ((await membership?.turn) === false)
      return cancelled(`Canceling since a higher priority waiting request for '${wanted?.group}' exists`);
    // What starts in a run that was cancelled before is not cancelled again.
    const fresh = leg.signal.aborted ? [] : [leg.signal];
    const signal = AbortSignal.any([...fresh, stop.signal]);
    const heldGroups = wanted === undefined ? level.heldGroups : [...level.heldGroups, wanted.group.toLowerCase()];
    const onRunner = async (): Promise<JobOutcome> => {
      const isDropped = leg.signal.aborted && !(level.signal.aborted && survives(definition));
      return isDropped ? cancelled('The operation was canceled.') : runOnRunner(state, level, definition, { ...leg, signal });
    };
    const run = (): Promise<JobOutcome> =>
      definition.work.kind === 'call'
        ? runCall(state, { ...level, heldGroups }, definition, { ...leg, signal: AbortSignal.any([leg.signal, stop.signal]) })
        : state.slots.with(onRunner);
    return { ...(await run()), concurrency: wanted?.group };
  } finally {
    membership?.leave();
  }
}

/** A job whose condition lets it run in a cancelled workflow does so; others that wait for a runner are dropped. */
function survives({ if: condition }: JobDefinition): boolean {
  return /\b(always|cancelled)\s*\(/i.test(String(condition ?? ''));
}

/** `concurrency:` as text or as a mapping. */
export function groupOf(value: Json): { readonly group: string; readonly cancelInProgress: boolean } | undefined {
  const group = isObject(value) ? value['group'] : value;
  if (group === undefined || group === null || group === '') return undefined;
  return { group: String(group), cancelInProgress: isObject(value) && isTrue(value['cancel-in-progress'] ?? false) };
}

/** What GitHub says of a job that would wait for a group which its own callers hold. */
export function deadlockOf({ heldGroups }: Level, group: string | undefined, id: string): string | undefined {
  if (group === undefined || !heldGroups.includes(group.toLowerCase())) return undefined;
  return `Canceling since a deadlock for concurrency group '${group}' was detected between 'top level workflow' and '${id}'`;
}

function nameOf(level: Level, { id, name }: JobDefinition, matrix: JsonObject | undefined, scope: Scope): string {
  const given = name === undefined ? id : textIn(name, { ...scope, contexts: { ...scope.contexts, matrix: matrix ?? null } });
  const says = String(name ?? '').includes('${{');
  return `${level.namePrefix}${given}${matrix === undefined || says ? '' : legLabel(matrix)}`;
}

function emptyOutcome(state: RunState, level: Level, { id, name, needs }: JobDefinition, key: string, startedAt: number): JobOutcome {
  const shown = name === undefined || String(name).includes('${{') ? id : String(name);
  return {
    kind: 'job',
    id,
    key,
    name: `${level.namePrefix}${shown}`,
    needs,
    conclusion: 'success',
    result: 'success',
    outputs: {},
    attempt: state.attempt,
    matrix: undefined,
    concurrency: undefined,
    startedAt,
    endedAt: Date.now(),
    annotations: [],
    steps: [],
    jobs: [],
    runner: undefined,
  };
}
