export { rankFindings } from './finding.ts';
export { lintianArgv } from './lintian-command.ts';
export type { Placed } from './placed.ts';
export { placeAll } from './placing.ts';
export { run } from './run.ts';
export { openSourceTree } from './source-tree.ts';
export { spec } from './spec.ts';
