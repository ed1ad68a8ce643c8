import { performance } from 'node:perf_hooks';
import { runProcess } from '../testing/process.ts';

export interface ProcessTime {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of user and system time of the process and all its descendants that were waited for, inside machines as well. */
  readonly cpu: number;
}

export type Argv = readonly [string, ...string[]];

/**
 * Runs a program to its end. bash's `time` reads what the kernel counted (getrusage(2), RUSAGE_CHILDREN): a container's first
 * process waits for all others in it, and its launcher for it, so that nothing is left out.
 */
export async function timeProcess(argv: Argv, env: NodeJS.ProcessEnv): Promise<ProcessTime> {
  const started = performance.now();
  const script = 'TIMEFORMAT="times %3U %3S"; time "$@"';
  const { exitCode, output } = await runProcess(['bash', '-c', script, 'time', ...argv], { env });
  const wall = (performance.now() - started) / 1000;
  const match = /times (\d+\.\d+) (\d+\.\d+)\s*$/.exec(output);
  if (exitCode !== 0 || match === null) throw new Error(`${argv[0]} ended with exit code ${exitCode}:\n${output.slice(-4000)}`);
  return { wall, cpu: Number(match[1]) + Number(match[2]) };
}

/** Of both figures on their own: the runs were disturbed by different things. */
export function medianTime(times: readonly ProcessTime[]): ProcessTime {
  return { wall: median(times.map(({ wall }) => wall)), cpu: median(times.map(({ cpu }) => cpu)) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new Error('no values');
  return middle;
}
