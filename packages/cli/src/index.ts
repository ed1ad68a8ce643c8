export { type Surroundings } from './surroundings.ts';
export { runProgram } from './program.ts';
