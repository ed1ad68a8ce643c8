import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How long the runner waits after each signal when a job is cancelled (actions/runner, ProcessInvoker), in milliseconds. */
export const cancellation = { afterInterrupt: 7500, afterTerminate: 2500 } as const;

export interface StepProcess {
  /** The program and its arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Cancels the step: SIGINT, later SIGTERM, at last SIGKILL. */
  readonly signal: AbortSignal | undefined;
  /** Ends the step as when its machine goes away: SIGKILL, and nothing before it. */
  readonly lost?: AbortSignal | undefined;
  /** Who runs it; this process's own user when undefined. */
  readonly user: User | undefined;
}

export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface StepEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs a program of a step with nothing but the given environment, until it and its output end. */
export async function runStepProcess(step: StepProcess): Promise<StepEnd> {
  const [program, ...rest] = step.argv;
  const child = spawn(program, rest, { cwd: step.cwd, env: step.env, stdio: ['ignore', 'pipe', 'pipe'], ...step.user });
  const timers: NodeJS.Timeout[] = [];
  const cancel = (): void => {
    child.kill('SIGINT');
    timers.push(setTimeout(() => child.kill('SIGTERM'), cancellation.afterInterrupt));
    timers.push(setTimeout(() => child.kill('SIGKILL'), cancellation.afterInterrupt + cancellation.afterTerminate));
  };
  step.signal?.addEventListener('abort', cancel, { once: true });
  if (step.signal?.aborted === true) cancel();
  step.lost?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  const read = [child.stdout, child.stderr].map(async (stream) => {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) step.onLine(line);
  });
  try {
    const end = await new Promise<StepEnd>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
    });
    await Promise.all(read);
    return end;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    step.signal?.removeEventListener('abort', cancel);
  }
}
