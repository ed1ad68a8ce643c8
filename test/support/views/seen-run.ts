import type { LoggedAnnotation } from '../runner/index.ts';
import { annotationsOf, type Conclusion, type JobOutcome, type WorkflowRun } from '../workflows/outcome.ts';

export type { Conclusion };

/** What people see of a run, as plain data: the pages beside this are made of it, and nothing else. */
export interface SeenRun {
  /** `Validate` */
  readonly workflow: string;
  readonly title: string;
  readonly event: string;
  readonly ref: string;
  readonly sha: string;
  readonly attempt: number;
  readonly conclusion: Conclusion;
  /** In the order of the file; a job that calls another workflow stands for nothing and is left out. */
  readonly jobs: readonly SeenJob[];
}

export interface SeenJob {
  /** Unique in the run. */
  readonly id: string;
  readonly name: string;
  /** Ids of the jobs that had to end before. */
  readonly needs: readonly string[];
  readonly conclusion: Conclusion;
  /** Milliseconds since the run started; both 0 of a job that was skipped. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly annotations: readonly SeenAnnotation[];
  /** GitHub Markdown, one text for each step that wrote one. */
  readonly summaries: readonly string[];
}

export interface SeenAnnotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** The run as people see it; times count from its start. */
export function seenRun(run: WorkflowRun): SeenRun {
  const { title, event, ref, sha, attempt, conclusion } = run;
  return { workflow: run.name, title, event, ref, sha, attempt, conclusion, jobs: seenJobs(run.jobs, [], run.startedAt) };
}

/** `inherited`: keys of what a job waits for by the call or the matrix that it is a part of. */
function seenJobs(jobs: readonly JobOutcome[], inherited: readonly string[], start: number): readonly SeenJob[] {
  return jobs.flatMap((job) => {
    const named = jobs.filter(({ id }) => job.needs.includes(id)).flatMap(leavesOf);
    const needs = named.length === 0 ? inherited : named;
    if (job.kind === 'matrix') return job.jobs.flatMap((leg) => seenJob(leg, needs, start));
    return job.jobs.length === 0 ? [seenJob(job, needs, start)] : seenJobs(job.jobs, needs, start);
  });
}

const leavesOf = (job: JobOutcome): readonly string[] => (job.jobs.length === 0 ? [job.key] : job.jobs.flatMap(leavesOf));

function seenJob(job: JobOutcome, needs: readonly string[], start: number): SeenJob {
  const { key, name, conclusion } = job;
  const times = conclusion === 'skipped' ? [0, 0] : [job.startedAt - start, job.endedAt - start];
  return {
    ...{ id: key, name, needs, conclusion, startedAt: times[0] ?? 0, endedAt: times[1] ?? 0 },
    annotations: annotationsOf(job).map(seenAnnotation),
    summaries: job.steps.map(({ summary }) => summary).filter((summary) => summary !== ''),
  };
}

function seenAnnotation({ level, message, properties }: LoggedAnnotation): SeenAnnotation {
  const line = properties['line'];
  return {
    level,
    message,
    title: properties['title'] ?? '',
    file: properties['file'],
    line: line === undefined ? undefined : Number(line),
  };
}
