export { runProgram } from './program.ts';
export type { Surroundings } from './surroundings.ts';
