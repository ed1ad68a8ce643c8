export { renderCommands } from './manual/commands-document.ts';
export { manPage } from './manual/man-page.ts';
export { programPage, runProgram } from './program.ts';
export type { Surroundings } from './surroundings.ts';
export { version } from './version.ts';
