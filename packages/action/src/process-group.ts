import type { ChildProcess } from 'node:child_process';
import { codeOf } from './system-error.ts';

/** After SIGTERM, before SIGKILL; a runner gives 2.5 s in all. */
const termGraceMilliseconds = 2000;
/** After SIGKILL, before we stop waiting for a process that the kernel cannot end. */
const killGraceMilliseconds = 5000;
/** After the child's exit, for a process of its group that still writes. */
const pipeGraceMilliseconds = 1000;
/** After the child's exit, whatever still writes. */
const pipeLimitMilliseconds = 5000;

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Signals a process group whose members run as root by way of sudo, which only sudo may do. */
export type KillAsRoot = (leader: number, signal: NodeJS.Signals) => void;

/** Why a command was stopped before it ended by itself. */
export type Stop =
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled'; readonly reason: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A child started with `detached: true`, and all it starts that does not leave its process group. */
export class ProcessGroup implements Disposable {
  readonly #child: ChildProcess;
  readonly #killAsRoot: KillAsRoot;
  readonly #timers = new DisposableStack();
  #settle: (ended: Ended) => void = () => {};
  #stopped: Stop | undefined;
  readonly #stopping = Promise.withResolvers<void>();
  /** Rejects when the child could not be started. */
  readonly ended: Promise<Ended>;

  constructor(child: ChildProcess, killAsRoot: KillAsRoot) {
    this.#child = child;
    this.#killAsRoot = killAsRoot;
    this.ended = new Promise((resolve, reject) => {
      this.#settle = resolve;
      child.once('error', reject);
      child.once('exit', (exitCode, signal) => {
        const ended = { exitCode, signal };
        child.once('close', () => resolve(ended));
        this.#after(pipeGraceMilliseconds, () => this.#closePipes(ended, Date.now()));
      });
    });
  }

  /** The first reason given to `stop`. */
  get stopped(): Stop | undefined {
    return this.#stopped;
  }

  /** Fulfilled by the first `stop`. */
  get stopping(): Promise<void> {
    return this.#stopping.promise;
  }

  /** SIGTERM to all of the group now, SIGKILL 2 s later. Only the first call counts. */
  stop(why: Stop): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = why;
    this.#stopping.resolve();
    // Nobody takes its output any more, and a pipe that nobody empties would hide its end.
    this.#child.stdout?.resume();
    this.#signal('SIGTERM');
    this.#after(termGraceMilliseconds, () => {
      this.#signal('SIGKILL');
      this.#after(killGraceMilliseconds, () => {
        this.#abandonPipes();
        this.#settle({ exitCode: null, signal: 'SIGKILL' });
      });
    });
  }

  stopAfter(milliseconds: number): void {
    this.#after(milliseconds, () => this.stop({ kind: 'timeout' }));
  }

  stopOn(signal: AbortSignal): void {
    const cancel = (): void => this.stop({ kind: 'cancelled', reason: signal.reason });
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    this.#timers.defer(() => signal.removeEventListener('abort', cancel));
  }

  /** What the command left running in its group must not outlive it. */
  [Symbol.dispose](): void {
    this.#timers.dispose();
    this.#signal('SIGKILL');
  }

  /**
   * The child is gone but its pipes are open: something it started holds them. Its group is killed; what left the
   * group is not waited for once the pipes are quiet.
   */
  #closePipes(ended: Ended, since: number): void {
    this.#signal('SIGKILL');
    let bytes = -1;
    let waitedSince = since;
    const look = (): void => {
      const read = readBytes(this.#child);
      // Whoever takes its output is slow: what is in the pipe is not lost for that.
      const held = this.#child.stdout?.isPaused() === true;
      if (held) waitedSince = Date.now();
      if (held || (read !== bytes && Date.now() - waitedSince < pipeLimitMilliseconds)) {
        bytes = read;
        this.#after(250, look);
        return;
      }
      this.#abandonPipes();
      this.#settle(ended);
    };
    this.#after(100, look);
  }

  #signal(signal: NodeJS.Signals): void {
    const leader = this.#child.pid;
    if (leader === undefined) return;
    try {
      process.kill(-leader, signal);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EPERM') this.#killAsRoot(leader, signal);
      else if (code !== 'ESRCH') throw error;
    }
  }

  #abandonPipes(): void {
    for (const stream of this.#child.stdio) stream?.destroy();
    this.#child.unref();
  }

  #after(milliseconds: number, action: () => void): void {
    const timer = setTimeout(action, milliseconds);
    this.#timers.defer(() => clearTimeout(timer));
  }
}

function readBytes(child: ChildProcess): number {
  return [child.stdout, child.stderr].reduce(
    (sum, stream) => sum + (stream !== null && 'bytesRead' in stream ? Number(stream.bytesRead) : 0),
    0,
  );
}
