export { rankFindings } from './finding.ts';
export { lintReportSchema } from './lint-report-schema.ts';
export type { Placed } from './placed.ts';
export { placeAll } from './placing.ts';
export { run } from './run.ts';
export { openSourceTree } from './source-tree.ts';
export { spec } from './spec.ts';
