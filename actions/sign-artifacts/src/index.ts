export { run } from './run.ts';
export type { SigningReport } from './signing-report.ts';
export { signingSummary } from './signing-summary.ts';
export { spec } from './spec.ts';
