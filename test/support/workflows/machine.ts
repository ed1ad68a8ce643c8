import type { Job, StepResult } from '../runner/index.ts';
import type { JsonObject } from './json.ts';
import type { StepOutcome } from './outcome.ts';
import type { Repositories } from './repositories.ts';

/** A runner that has taken a job. */
export interface Machine {
  readonly job: Job;
  readonly repositories: Repositories;
  /** `github`, `needs`, `strategy`, `matrix`, `inputs`, `vars`, `secrets`, `runner`; `job`, `env` and `steps` change. */
  readonly contexts: JsonObject;
  /** More of the `job` context. */
  readonly jobContext: JsonObject;
  /** `env:` of workflow and job. */
  readonly env: Readonly<Record<string, string>>;
  /** `defaults.run` of job and workflow. */
  readonly defaults: JsonObject;
  /** Where the event lies as JSON. */
  readonly eventPath: string;
  /** What every step may have: an identity that was granted. */
  readonly stepEnv: Readonly<Record<string, string>>;
  /** What only actions have: services of the runner. */
  readonly actionEnv: Readonly<Record<string, string>>;
  /** The job is cancelled, or its time is up. */
  readonly signal: AbortSignal;
  /** Scripts that run when all steps have, last first. */
  readonly posts: (() => Promise<StepOutcome>)[];
  /** What stages of an action handed on, by the step's place. */
  readonly states: Map<string, Map<string, string>>;
}

/** Steps that belong together: those of the job, or of one composite action. */
export interface Frame {
  /** What distinguishes it: `` for the job, `2/` for the composite action of its third step. */
  readonly place: string;
  readonly contexts: JsonObject;
  /** Steps that have an id, as `steps` shows them. */
  readonly steps: Map<string, JsonObject>;
  /** `env:` of the steps around it. */
  readonly env: Readonly<Record<string, string>>;
  readonly composite: boolean;
  failed: boolean;
}

/** What is left of a step when it was done, whatever did it. */
export type Done = Omit<StepResult, 'conclusion'> & {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly steps?: readonly StepOutcome[];
};

/** A step that could not be done. */
export function undone(message: string): Done {
  const annotations = [{ level: 'error', message, properties: {} } as const];
  return { conclusion: 'failure', exitCode: null, outputs: {}, lines: [`Error: ${message}`], debug: [], annotations, summary: '' };
}
