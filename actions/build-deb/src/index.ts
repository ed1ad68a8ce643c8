export { buildSummary } from './build-summary.ts';
export { run } from './run.ts';
export { lookAtSource } from './source.ts';
export { needsOf } from './source-needs.ts';
export { spec } from './spec.ts';
export { chooseStrategy, type StrategyRequest } from './strategy-choice.ts';
