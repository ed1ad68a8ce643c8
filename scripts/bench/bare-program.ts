import { type ProcessTime, timeProcess } from './process-time.ts';

/** As changelog starts git for the last release: tags, names, and where it came from; then the log, and what is before it. */
const waves = [3, 2];

const program = `
  import { execFile } from 'node:child_process';
  import { promisify } from 'node:util';
  const find = () => promisify(execFile)('git', ['-C', process.argv[1], 'rev-parse', '--git-dir']);
  for (const count of ${JSON.stringify(waves)}) await Promise.all(Array.from({ length: count }, find));`;

/** A program on Node that does nothing but start so many processes of git, each of which finds the repository and reads nothing of it. */
export function timeBare(checkout: string): Promise<ProcessTime> {
  return timeProcess([process.execPath, '--input-type=module', '--eval', program, checkout], process.env);
}
