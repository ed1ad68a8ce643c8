import { needsContext } from './contexts.ts';
import type { JobDefinition } from './definitions.ts';
import { conditionHolds, ExpressionProblem, type Scope } from './expression.ts';
import { errorOf, jobContexts } from './job-contexts.ts';
import { runLegs } from './legs.ts';
import { type Conclusion, type JobOutcome, runnerJobs } from './outcome.ts';
import type { Level, RunState } from './run-state.ts';
import { allEnded } from './slots.ts';

/** Runs the jobs of one workflow, each as soon as those that it needs are done. */
export async function runLevel(state: RunState, level: Level): Promise<readonly JobOutcome[]> {
  const { jobs } = level.tree.file;
  const running = new Map<string, Promise<JobOutcome>>();
  const start = (id: string): Promise<JobOutcome> => {
    const known = running.get(id);
    if (known !== undefined) return known;
    const definition = jobs.get(id);
    if (definition === undefined) throw new Error(`there is no job ${id}`);
    // Started before it is kept, so that a job sees those that it needs; GitHub's parser has refused circles.
    const outcome = Promise.all(definition.needs.map(start)).then((needs) =>
      runJob(state, level, definition, needs, ancestorsOf(definition)),
    );
    running.set(id, outcome);
    return outcome;
  };
  const ancestorsOf = (definition: JobDefinition): readonly Promise<JobOutcome>[] => {
    const ids = new Set<string>();
    const visit = (id: string): void => {
      if (ids.has(id)) return;
      ids.add(id);
      for (const need of jobs.get(id)?.needs ?? []) visit(need);
    };
    for (const need of definition.needs) visit(need);
    return [...ids].map(start);
  };
  return allEnded([...jobs.keys()].map(start), state.giveUp);
}

async function runJob(
  state: RunState,
  level: Level,
  definition: JobDefinition,
  needs: readonly JobOutcome[],
  ancestors: readonly Promise<JobOutcome>[],
): Promise<JobOutcome> {
  const key = `${level.keyPrefix}${definition.id}`;
  // All ancestors count, not only those that are needed directly: a job behind a skipped one is skipped, whoever ran between.
  const ended = await Promise.all(ancestors);
  const isDeep = state.request.throughCalls === true;
  const before = [...level.outer, ...ended.flatMap((job) => resultsOf(job, isDeep))];
  const isAfresh = level.isAfresh || ended.some(({ attempt }) => attempt === state.attempt);
  const kept = isAfresh ? undefined : keptFrom(state, key);
  if (kept !== undefined) return kept;
  const cancelled = level.signal.aborted;
  const scope: Scope = {
    contexts: jobContexts(state, level, { needs: needsContext(needs) }),
    functions: {
      success: () => !cancelled && before.every((result) => result === 'success'),
      failure: () => !cancelled && before.includes('failure'),
      cancelled: () => cancelled,
      always: () => true,
    },
  };
  const alone = (conclusion: Conclusion, messages: readonly string[] = []): JobOutcome => ({
    kind: 'job',
    id: definition.id,
    key,
    name: `${level.namePrefix}${definition.name ?? definition.id}`,
    needs: definition.needs,
    conclusion,
    result: conclusion,
    outputs: {},
    attempt: state.attempt,
    matrix: undefined,
    concurrency: undefined,
    startedAt: Date.now(),
    endedAt: Date.now(),
    annotations: messages.map(errorOf),
    steps: [],
    jobs: [],
    runner: undefined,
  });
  try {
    if (!conditionHolds(definition.if, scope)) return alone(cancelled ? 'cancelled' : 'skipped');
    return await runLegs(state, { ...level, isAfresh, outer: isDeep ? before : [] }, definition, {
      key,
      needs: needsContext(needs),
      scope,
    });
  } catch (error) {
    if (error instanceof ExpressionProblem) return alone('failure', [error.message]);
    throw error;
  }
}

/** The result of a job, and of those in it. */
function resultsOf(job: JobOutcome, isDeep: boolean): readonly Conclusion[] {
  return [job.result, ...(isDeep && job.kind === 'call' ? runnerJobs(job.jobs).map(({ result }) => result) : [])];
}

/** What is not run again: a job that went well, or was skipped. */
function keptFrom({ previous }: RunState, key: string): JobOutcome | undefined {
  const found = previous.get(key);
  return found?.result === 'success' || found?.result === 'skipped' ? found : undefined;
}
