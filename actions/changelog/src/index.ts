export { type Git, openGit } from './git.ts';
export { run } from './run.ts';
export { spec } from './spec.ts';
