import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '../testing/process.ts';

/** What an action may use of the processor before the first line of `run`, as a multiple of `node -e 0`. */
export const startupLimit = 3.2;

export interface Startup {
  readonly action: string;
  /** Processor time, user and system, median of the runs, in milliseconds. */
  readonly milliseconds: number;
  readonly ratio: number;
}

/**
 * Starts every bundle in turn with `node -e 0`, so that load from elsewhere hits all alike, and takes medians of times and of their ratios.
 *
 * Each bundle gets an input it does not know. The frame refuses it right before it would call `run`, when everything
 * `run` imports has been loaded; so the figure holds all of the start, and the refusal besides: it errs on the high side.
 */
export async function measureStartup(
  bundles: ReadonlyMap<string, string>,
  rounds: number,
): Promise<{ readonly base: number; readonly rows: readonly Startup[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-start-'));
  try {
    const baseTimes: number[] = [];
    const starts = new Map([...bundles.keys()].map((action) => [action, { times: [] as number[], ratios: [] as number[] }]));
    for (let round = 0; round < rounds; round += 1) {
      const base = await processorTime([process.execPath, '-e', '0'], folder);
      baseTimes.push(base);
      for (const [action, file] of bundles) {
        const time = await processorTime([process.execPath, file], folder);
        starts.get(action)?.times.push(time);
        // Of each round by itself: where a machine becomes slower in the middle, both are.
        starts.get(action)?.ratios.push(time / base);
      }
    }
    const rows = [...starts].map(([action, { times, ratios }]) => ({ action, milliseconds: median(times), ratio: median(ratios) }));
    return { base: median(baseTimes), rows };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts a bundle with an input it does not know and without any other; its output says whether the frame answered. */
export async function startOnce(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-start-'));
  try {
    const { exitCode, output } = await runProcess([process.execPath, file], { cwd: folder, env: bareEnvironment(folder) });
    return `exit ${exitCode}\n${output}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The frame's own answer to an unknown input: exit code 2 and an annotation with the code. */
export const answeredByFrame = (said: string): boolean => /^exit 2\n/.test(said) && /^::error [^\n]*E_INPUT/m.test(said);

const unknownInput = 'INPUT_NOT-AN-INPUT';

function bareEnvironment(folder: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: folder, GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder, [unknownInput]: 'x' };
}

/** Milliseconds of user and system time of one process; bash's `time` reads them from the kernel with 1 ms resolution. */
async function processorTime(argv: readonly string[], folder: string): Promise<number> {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" > /dev/null 2>&1';
  const { output } = await runProcess(['bash', '-c', script, 'time', ...argv], { cwd: folder, env: bareEnvironment(folder) });
  const match = /^(\d+\.\d+) (\d+\.\d+)\s*$/.exec(output);
  if (match === null) throw new Error(`bash gave no times: ${output}`);
  return (Number(match[1]) + Number(match[2])) * 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('no values');
  return (low + high) / 2;
}
