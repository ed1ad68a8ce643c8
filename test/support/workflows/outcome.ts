import type { LoggedAnnotation } from '../runner/index.ts';
import type { JsonObject } from './json.ts';
import type { Permissions } from './permissions.ts';

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

/** A step of a job as a person sees it, and what later steps see. */
export interface StepOutcome {
  readonly id: string | undefined;
  /** As shown: its name, or `Run …`. */
  readonly name: string;
  readonly stage: 'pre' | 'main' | 'post';
  readonly uses: string | undefined;
  /** Before and after continue-on-error. */
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Shown ones only: 10 of a level, of this step and those in it. */
  readonly annotations: readonly LoggedAnnotation[];
  /** How many annotations were too many to be shown. */
  readonly hiddenAnnotations: number;
  readonly summary: string;
  readonly lines: readonly string[];
  readonly debug: readonly string[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Those of a composite action. */
  readonly steps: readonly StepOutcome[];
}

/** What a job ran on and with. */
export interface RunnerRecord {
  readonly labels: readonly string[];
  /** The folder of the checkout; it is gone when the job has ended. */
  readonly workspace: string;
  /** GITHUB_TOKEN, which has ended, and what it might do. */
  readonly token: string;
  readonly permissions: Permissions;
  readonly idToken: boolean;
  readonly environment: string | undefined;
  readonly environmentUrl: string | undefined;
}

/** A job, a leg of a matrix, or a call of a workflow; a matrix holds its legs, a call the jobs of the called workflow. */
export interface JobOutcome {
  readonly kind: 'job' | 'matrix' | 'call';
  readonly id: string;
  /** Unique in the run: `packages/build[1]`. */
  readonly key: string;
  /** As shown: `packages / build (hello, amd64)`. */
  readonly name: string;
  readonly needs: readonly string[];
  /** What happened. */
  readonly conclusion: Conclusion;
  /** What `needs.<id>.result` says: success also after a failure that continue-on-error allows. */
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  /** In which attempt of the run it ran. */
  readonly attempt: number;
  readonly matrix: JsonObject | undefined;
  readonly concurrency: string | undefined;
  /** Milliseconds since 1970; waiting for a runner is not in it. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** What GitHub itself says of the job: why it could not start, what of its outputs was left out. */
  readonly annotations: readonly LoggedAnnotation[];
  readonly steps: readonly StepOutcome[];
  readonly jobs: readonly JobOutcome[];
  readonly runner: RunnerRecord | undefined;
}

/** A run, or one more attempt of it. */
export interface WorkflowRun {
  readonly name: string;
  readonly title: string;
  readonly event: string;
  readonly ref: string;
  readonly sha: string;
  readonly runId: number;
  readonly attempt: number;
  readonly conclusion: Conclusion;
  readonly concurrency: string | undefined;
  readonly jobs: readonly JobOutcome[];
  readonly startedAt: number;
  readonly endedAt: number;
}

/** All jobs that ran on a runner or would have, in the order of the files. */
export function runnerJobs(jobs: readonly JobOutcome[]): readonly JobOutcome[] {
  return jobs.flatMap((job) => (job.jobs.length > 0 ? runnerJobs(job.jobs) : [job]));
}

/** The job of a shown name. Throws with all names when there is none. */
export function jobNamed(run: WorkflowRun, name: string): JobOutcome {
  const all = everyJob(run.jobs);
  const found = all.find((job) => job.name === name);
  if (found === undefined) throw new Error(`no job ${name}; there are: ${all.map((job) => job.name).join(', ')}`);
  return found;
}

/** Annotations of a job and its steps, as shown on the page of a run: at most 50 of a job. */
export function annotationsOf(job: JobOutcome): readonly LoggedAnnotation[] {
  return [...job.annotations, ...job.steps.flatMap(({ annotations }) => annotations)].slice(0, mostOfJob);
}

const mostOfJob = 50;

const everyJob = (jobs: readonly JobOutcome[]): readonly JobOutcome[] => jobs.flatMap((job) => [job, ...everyJob(job.jobs)]);

/** Of jobs or legs together: a failure wins over a cancellation, and that over success; all skipped is skipped. */
export function together(results: readonly Conclusion[]): Conclusion {
  if (results.includes('failure')) return 'failure';
  if (results.includes('cancelled')) return 'cancelled';
  return results.length > 0 && results.every((result) => result === 'skipped') ? 'skipped' : 'success';
}
