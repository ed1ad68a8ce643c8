export { run } from './run.ts';
export { spec } from './spec.ts';
