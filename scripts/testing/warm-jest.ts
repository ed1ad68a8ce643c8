import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { codeOf } from '@release-kit/action';
import type { FileRun, Order, Part } from './jest-run.ts';

export type Outcome = { readonly kind: 'ran'; readonly run: FileRun } | { readonly kind: 'lost'; readonly why: string };

export interface WarmJestOptions {
  /** Absolute; the tree whose tests run. */
  readonly root: string;
  /** Absolute; where jest keeps what it transformed. */
  readonly cache: string;
  /** Milliseconds a test file may take; one with a defect may never end. */
  readonly limit?: number;
  /** Told why a process was not used again. */
  readonly onReplaced?: (test: string, why: string) => unknown;
}

/** Jest of a test run keeps 20 to 50 MB of it. */
const memoryLimit = 1024 ** 3;
/** Milliseconds; on a loaded machine a start takes several seconds. */
const startLimit = 60_000;
const worker = join(import.meta.dirname, 'jest-worker.ts');

/**
 * Runs test files one after the other in a process that has jest loaded. A process in which a test left or changed anything is not used for
 * the next one, so that a verdict depends on its own test only.
 */
export class WarmJest implements AsyncDisposable {
  readonly #options: WarmJestOptions;
  #child: ChildProcess | undefined;

  constructor(options: WarmJestOptions) {
    this.#options = options;
  }

  /** `test` is relative to the root. */
  async run(test: string, part: Part = {}): Promise<Outcome> {
    const child = this.#child?.connected === true ? this.#child : await this.#start();
    const answer = await nextMessage<Answer>(child, this.#options.limit ?? 300_000, { ...part, test });
    const why = typeof answer === 'string' ? answer : reasonToReplace(answer);
    if (why !== undefined) {
      this.#options.onReplaced?.(test, why);
      await this.#stop();
    }
    return typeof answer === 'string'
      ? { kind: 'lost', why: answer }
      : { kind: 'ran', run: { counts: answer.counts, failures: answer.failures, passes: answer.passes } };
  }

  /** For who is interrupted and cannot wait. */
  killNow(): void {
    if (this.#child?.pid !== undefined) killGroup(this.#child.pid);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stop();
  }

  async #start(): Promise<ChildProcess> {
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const child = spawn(process.execPath, [...flags, worker, this.#options.cache], {
      cwd: this.#options.root,
      // As jest's own command sets them.
      env: { ...process.env, NODE_ENV: 'test', JEST_WORKER_ID: '1' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // A group of its own: what a test started ends with it.
      detached: true,
    });
    this.#child = child;
    const ready = await nextMessage<'ready'>(child, startLimit);
    if (ready !== 'ready') throw new Error(`jest does not start: ${ready}`);
    return child;
  }

  async #stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.pid === undefined) return;
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    killGroup(child.pid);
    await ended;
  }
}

interface Answer extends FileRun {
  readonly left: readonly string[];
  readonly memory: number;
}

/** Why a process is not used again after this answer. */
export function reasonToReplace({ left, memory }: Pick<Answer, 'left' | 'memory'>): string | undefined {
  if (left.length > 0) return `left behind: ${left.join(', ')}`;
  return memory > memoryLimit ? 'much memory is in use' : undefined;
}

/** What the process says next (after it was told something), or why it says nothing. */
function nextMessage<T>(child: ChildProcess, limit: number, order?: Order): Promise<T | string> {
  return new Promise((resolve) => {
    const end = (answer: T | string): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(answer);
    };
    const timer = setTimeout(() => end(`no end after ${limit / 1000} s`), limit);
    child.once('message', (answer: T) => end(answer));
    child.once('exit', (code, signal) => end(`its process ended (${signal ?? `exit code ${code}`})`));
    child.once('error', (error) => end(error.message));
    // That it cannot be told because it has ended is said by its end.
    if (order !== undefined) child.send(order, () => {});
  });
}

/** The group may be gone already. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
