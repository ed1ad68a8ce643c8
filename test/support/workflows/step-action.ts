import { join } from 'node:path';
import type { ActionDefinition } from './action-definition.ts';
import { inputEnvironment, inputsOf } from './action-inputs.ts';
import type { ActionSource } from './action-source.ts';
import { conditionHolds, textIn } from './expression.ts';
import { type JsonObject, objectOf } from './json.ts';
import type { Done, Frame, Machine } from './machine.ts';
import { stepEnvironment, stepScope } from './step-scope.ts';
import { finished, runSteps, type StepWork } from './steps.ts';

type Found = Extract<ActionSource, { kind: 'action' }>;

/** Runs an action with what `with:` gave. */
export async function runAction(
  machine: Machine,
  frame: Frame,
  source: Found,
  given: Readonly<Record<string, string>>,
  work: StepWork,
): Promise<Done> {
  const { definition } = source;
  const { values, warnings } = inputsOf(definition, given, stepScope(machine, frame, work.env));
  const github = { action_path: definition.folder, action_repository: source.repository, action_ref: source.ref };
  if (definition.runs.kind === 'composite') return runComposite(machine, frame, { ...source, github }, values, warnings, work);
  const { main, post, postIf } = definition.runs;
  const state = machine.states.get(work.place) ?? new Map<string, string>();
  machine.states.set(work.place, state);
  const start = (script: string, preface: readonly string[], signal: AbortSignal | undefined): Promise<Done> =>
    machine.job.execute({
      argv: [process.execPath, join(definition.folder, script)],
      env: {
        ...stepEnvironment(machine, frame, { ...work.env, ...inputEnvironment(values) }, github),
        ...machine.actionEnv,
        ...source.env,
      },
      state,
      preface,
      ...(signal === undefined ? {} : { signal }),
    });
  if (post !== undefined)
    machine.posts.unshift(async () => {
      const startedAt = Date.now();
      const common = { id: undefined, uses: undefined, stage: 'post', name: `Post ${work.name}` } as const;
      const runs = conditionHolds(postIf ?? 'always()', stepScope(machine, frame, work.env));
      const done: Done = runs
        ? await start(post, [], undefined)
        : { conclusion: 'success', exitCode: null, outputs: {}, lines: [], debug: [], annotations: [], summary: '' };
      const conclusion = runs ? done.conclusion : 'skipped';
      return { ...finished(done, startedAt), ...common, outcome: conclusion, conclusion };
    });
  return start(
    main,
    warnings.map((warning) => `::warning::${warning}`),
    work.signal,
  );
}

/** Runs `pre` of an action of another repository, before any step of the job. */
export async function runPre(
  machine: Machine,
  frame: Frame,
  source: Found,
  given: Readonly<Record<string, string>>,
  work: StepWork,
): Promise<Done | undefined> {
  const { runs, folder } = source.definition;
  if (runs.kind !== 'node' || runs.pre === undefined || source.local) return undefined;
  if (!conditionHolds(runs.preIf ?? 'always()', stepScope(machine, frame, work.env))) return undefined;
  const { values } = inputsOf(source.definition, given, stepScope(machine, frame, work.env));
  const state = new Map<string, string>();
  machine.states.set(work.place, state);
  const env = {
    ...stepEnvironment(machine, frame, { ...work.env, ...inputEnvironment(values) }, { action_path: folder }),
    ...machine.actionEnv,
  };
  return machine.job.execute({
    argv: [process.execPath, join(folder, runs.pre)],
    env,
    state,
    ...(work.signal === undefined ? {} : { signal: work.signal }),
  });
}

async function runComposite(
  machine: Machine,
  frame: Frame,
  { definition, github }: { readonly definition: ActionDefinition; readonly github: JsonObject },
  values: Readonly<Record<string, string>>,
  warnings: readonly string[],
  { env, place }: StepWork,
): Promise<Done> {
  if (definition.runs.kind !== 'composite') throw new Error(`${definition.name} is no composite action`);
  const inner: Frame = {
    place: `${place}/`,
    contexts: compositeContexts(frame.contexts, values, github),
    steps: new Map(),
    env: { ...frame.env, ...env },
    composite: true,
    failed: false,
  };
  const steps = await runSteps(machine, inner, definition.runs.steps);
  const scope = stepScope(machine, inner);
  const outputs = Object.fromEntries(Object.entries(definition.outputs).map(([name, value]) => [name, textIn(value, scope)]));
  return {
    conclusion: inner.failed
      ? 'failure'
      : machine.signal.aborted && steps.some(({ outcome }) => outcome === 'cancelled')
        ? 'cancelled'
        : 'success',
    exitCode: null,
    outputs,
    lines: steps.flatMap(({ lines }) => lines),
    debug: steps.flatMap(({ debug }) => debug),
    annotations: [
      ...warnings.map((message) => ({ level: 'warning', message, properties: {} }) as const),
      ...steps.flatMap(({ annotations }) => annotations),
    ],
    summary: steps.map(({ summary }) => summary).join(''),
    steps,
  };
}

/** A composite action sees neither secrets nor variables of the repository, and what other jobs gave. */
function compositeContexts(contexts: JsonObject, values: Readonly<Record<string, string>>, github: JsonObject): JsonObject {
  const { strategy, matrix, runner } = contexts;
  return {
    github: { ...objectOf(contexts['github'], 'github'), ...github },
    inputs: values,
    strategy: strategy ?? null,
    matrix: matrix ?? null,
    runner: runner ?? null,
  };
}
