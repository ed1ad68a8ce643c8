export { run } from './run.ts';
export { smokeSummary } from './smoke-result.ts';
export { spec } from './spec.ts';
