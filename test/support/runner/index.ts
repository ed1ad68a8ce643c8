export { type ActionFile, readActionFile } from './action-file.ts';
export { parseCommandFile, parsePathFile } from './command-file.ts';
export { type MachineJob, type MachineStep, startMachineJob } from './in-machine.ts';
export { type Job, type JobOptions, type Program, type StepOptions, type StepResult, startJob } from './job.ts';
export { Masks } from './masks.ts';
export { type LoggedAnnotation, StepLog } from './step-log.ts';
export { cancellation, type User } from './step-process.ts';
export { parseWorkflowCommand, type WorkflowCommand } from './workflow-command.ts';
