export { ConcurrencyGroups } from './concurrency.ts';
export { dispatchEvent, isFromFork, type Place, type PullRequest, pullRequestEvent, pushEvent, type WorkflowEvent } from './event.ts';
export type { Json, JsonObject } from './json.ts';
export {
  annotationsOf,
  type Conclusion,
  type JobOutcome,
  jobNamed,
  type RunnerRecord,
  runnerJobs,
  type StepOutcome,
  type WorkflowRun,
} from './outcome.ts';
export { defaultPermissions, type Level, type Permissions } from './permissions.ts';
export { Repositories, SetUpProblem } from './repositories.ts';

export type { EnvironmentSettings, Services, WorkflowRequest } from './request.ts';
export { type Changes, rerunFailed, runWorkflow } from './run.ts';
export { type Files, type SampleRepository, sampleRepository } from './sample-repository.ts';
export { InvalidWorkflow } from './workflow-file.ts';
