import { calledInputs, calledSecrets } from './call-values.ts';
import type { JobDefinition } from './definitions.ts';
import { evaluateIn, type Scope, textIn } from './expression.ts';
import { errorOf, jobContexts } from './job-contexts.ts';
import { objectOf } from './json.ts';
import { deadlockOf, groupOf } from './legs.ts';
import { runLevel } from './level-run.ts';
import { type JobOutcome, together } from './outcome.ts';
import { SetUpProblem } from './repositories.ts';
import type { Leg, Level, RunState } from './run-state.ts';
import { callOf } from './workflow-tree.ts';

/** Runs the workflow that a job calls, with its own inputs and secrets; `github` and `vars` stay those of the caller. */
export async function runCall(state: RunState, level: Level, definition: JobDefinition, leg: Leg): Promise<JobOutcome> {
  const tree = level.tree.calls.get(definition.id);
  if (tree === undefined || definition.work.kind !== 'call') throw new SetUpProblem(`${leg.key} calls nothing`);
  const startedAt = Date.now();
  const { id, needs } = definition;
  const common = {
    kind: 'call',
    id,
    key: leg.key,
    name: leg.name,
    needs,
    attempt: state.attempt,
    matrix: leg.matrix,
    concurrency: undefined,
    startedAt,
    annotations: [],
    steps: [],
    runner: undefined,
  } as const;
  const scope: Scope = {
    contexts: { ...jobContexts(state, level, leg), secrets: level.secrets },
  };
  const values = calledInputs(tree.file, definition.work.with, scope);
  if (values.problem !== undefined)
    return {
      ...common,
      conclusion: 'failure',
      result: 'failure',
      outputs: {},
      annotations: [errorOf(values.problem)],
      endedAt: Date.now(),
      jobs: [],
    };
  const secrets = calledSecrets(tree.file, definition.work.secrets, level.secrets, scope);
  const group = groupOf(
    evaluateIn(tree.file.concurrency ?? null, {
      contexts: { github: state.github, inputs: values.inputs, vars: { ...state.request.vars } },
    }),
  );
  const deadlock = deadlockOf(level, group?.group, id);
  if (deadlock !== undefined)
    return {
      ...common,
      conclusion: 'cancelled',
      result: 'cancelled',
      outputs: {},
      annotations: [errorOf(deadlock)],
      endedAt: Date.now(),
      jobs: [],
    };
  const stop = new AbortController();
  const membership = group === undefined ? undefined : state.groups.join(group.group, group.cancelInProgress, () => stop.abort());
  try {
    if ((await membership?.turn) === false)
      return { ...common, conclusion: 'cancelled', result: 'cancelled', outputs: {}, endedAt: Date.now(), jobs: [] };
    const jobs = await runLevel(state, {
      tree,
      inputs: values.inputs,
      secrets,
      keyPrefix: `${leg.key}/`,
      namePrefix: `${leg.name} / `,
      signal: AbortSignal.any([leg.signal, stop.signal]),
      isAfresh: level.isAfresh,
      outer: level.outer,
      heldGroups: group === undefined ? level.heldGroups : [...level.heldGroups, group.group.toLowerCase()],
    });
    return {
      ...common,
      concurrency: group?.group,
      conclusion: together(jobs.map(({ result }) => result)),
      result: together(jobs.map(({ result }) => result)),
      outputs: outputsOf(state, tree.file, values.inputs, jobs),
      attempt: Math.max(...jobs.map(({ attempt }) => attempt)),
      endedAt: Date.now(),
      jobs,
    };
  } finally {
    membership?.leave();
  }
}

function outputsOf(
  state: RunState,
  file: Level['tree']['file'],
  inputs: Level['inputs'],
  jobs: readonly JobOutcome[],
): Readonly<Record<string, string>> {
  const contexts = {
    github: state.github,
    inputs,
    vars: { ...state.request.vars },
    jobs: Object.fromEntries(jobs.map(({ id, result, outputs }) => [id, { result, outputs }])),
  };
  return Object.fromEntries(
    Object.entries(callOf(file).outputs)
      .map(([name, output]) => [name, textIn(objectOf(output, `${file.path}: output ${name}`)['value'] ?? '', { contexts })] as const)
      .filter(([, value]) => value !== ''),
  );
}
