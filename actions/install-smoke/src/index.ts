export { smokeSummary } from './report/smoke-summary.ts';
export { run } from './run.ts';
export { spec } from './spec.ts';
export type { TargetResult, TrackResult } from './target.ts';
export { piupartsArgv, piupartsBase } from './testers/piuparts.ts';
