export { bringToPlan } from './completion.ts';
export { carryOut } from './execution.ts';
export { run } from './run.ts';
export { spec } from './spec.ts';
