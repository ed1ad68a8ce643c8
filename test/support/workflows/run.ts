import { ConcurrencyGroups } from './concurrency.ts';
import { githubContext } from './contexts.ts';
import { dispatchInputs } from './dispatch-inputs.ts';
import { isFromFork } from './event.ts';
import { evaluateIn, textIn } from './expression.ts';
import { groupOf } from './legs.ts';
import { runLevel } from './level-run.ts';
import { type JobOutcome, together, type WorkflowRun } from './outcome.ts';
import { defaultPermissions } from './permissions.ts';
import type { WorkflowRequest } from './request.ts';
import type { RunState } from './run-state.ts';
import { Slots } from './slots.ts';
import { isStartedBy } from './trigger.ts';
import { InvalidWorkflow } from './workflow-file.ts';
import { readTree } from './workflow-tree.ts';

let lastRun = 1000;
const requests = new WeakMap<WorkflowRun, WorkflowRequest>();

/**
 * Runs a workflow as GitHub does, from the file at the event's commit to the result of the last job. Throws InvalidWorkflow
 * for what GitHub refuses at the start, and SetUpProblem for what this runner was not given.
 */
export async function runWorkflow(request: WorkflowRequest): Promise<WorkflowRun> {
  return attempt(request, 1, []);
}

/** What may differ in a later attempt; the event, and so the commit and its workflow, is the same. */
export type Changes = Partial<Pick<WorkflowRequest, 'secrets' | 'vars' | 'environments' | 'services' | 'env' | 'signal'>>;

/** "Re-run failed jobs": those that did not go well and all that follow them; outputs and artifacts of the others are kept. */
export async function rerunFailed(run: WorkflowRun, changes: Changes = {}): Promise<WorkflowRun> {
  const request = requests.get(run);
  if (request === undefined) throw new Error('only what runWorkflow returned can be run again');
  return attempt({ ...request, runId: run.runId, ...changes }, run.attempt + 1, run.jobs);
}

async function attempt(request: WorkflowRequest, number: number, before: readonly JobOutcome[]): Promise<WorkflowRun> {
  const { repository, event, services } = request;
  const startedAt = Date.now();
  const source = { repository, ref: event.ref, sha: event.sha };
  const tree = await readTree(request.repositories, source, request.workflow, request.defaultPermissions ?? defaultPermissions.restricted);
  const { file } = tree;
  if (!isStartedBy(file, event)) throw new InvalidWorkflow([`${file.path}: ${event.name} of ${event.ref} does not start it`]);
  const runId = request.runId ?? nextRun();
  const github = githubContext({
    repository,
    event,
    runId,
    attempt: number,
    workflow: { name: file.name, path: file.path, sha: event.sha },
    apiUrl: services?.github?.url ?? 'https://api.github.com',
    more: request.github ?? {},
  });
  const isFork = isFromFork(event);
  const stop = new AbortController();
  const groups = request.groups ?? new ConcurrencyGroups();
  const state: RunState = {
    request,
    github,
    runId,
    attempt: number,
    slots: new Slots(request.parallel ?? 2),
    groups,
    signal: AbortSignal.any([stop.signal, ...(request.signal === undefined ? [] : [request.signal])]),
    giveUp: () => stop.abort(),
    isFork,
    previous: new Map(byKey(before)),
  };
  const inputs = dispatchInputs(file, event);
  const contexts = { github, inputs, vars: { ...request.vars } };
  const group = groupOf(evaluateIn(file.concurrency ?? null, { contexts }));
  const membership = group === undefined ? undefined : groups.join(group.group, group.cancelInProgress, () => stop.abort());
  const title = file.runName === undefined ? file.name : textIn(file.runName, { contexts });
  const base = {
    name: file.name,
    title,
    event: event.name,
    ref: event.ref,
    sha: event.sha,
    runId,
    attempt: number,
    concurrency: group?.group,
    startedAt,
  };
  try {
    const isReplaced = (await membership?.turn) === false;
    const jobs = isReplaced
      ? []
      : await runLevel(state, {
          tree,
          inputs,
          secrets: isFork ? {} : { ...request.secrets },
          keyPrefix: '',
          namePrefix: '',
          signal: state.signal,
          heldGroups: group === undefined ? [] : [group.group.toLowerCase()],
          isAfresh: false,
          outer: [],
        });
    const result = isReplaced || state.signal.aborted ? 'cancelled' : together(jobs.map((job) => job.result));
    const run: WorkflowRun = { ...base, conclusion: result, jobs, endedAt: Date.now() };
    requests.set(run, request);
    return run;
  } finally {
    membership?.leave();
  }
}

/** Runs of one process have numbers of their own, so that tokens and artifacts of two are never the same. */
function nextRun(): number {
  lastRun += 1;
  return lastRun;
}

function byKey(jobs: readonly JobOutcome[]): readonly (readonly [string, JobOutcome])[] {
  return jobs.flatMap((job) => [[job.key, job] as const, ...byKey(job.jobs)]);
}
