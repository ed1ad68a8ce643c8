import { type Host, inertLine, UserError } from '@release-kit/action';
import { type ChangeLimits, ChangePace } from './change-pace.ts';
import { field } from './field.ts';
import { type WaitAdvice, waitAdvice } from './wait-advice.ts';

export interface ScheduledRequest<T> {
  /** Completes "while …": `listing the assets`. */
  readonly doing: string;
  /** Whether it changes something. A change is never sent again unless GitHub said that it did nothing. */
  readonly kind: 'read' | 'change';
  /** Sends it once, anew each time; throws what the client of @actions/github throws. */
  readonly send: (signal: AbortSignal) => Promise<T>;
  /** Milliseconds for one try, until `send` has what it waits for; that of the limits unless given. */
  readonly timeout?: number;
}

export interface SchedulerLimits extends ChangeLimits {
  /** Requests at a time. */
  readonly concurrent: number;
  /** How often a request is sent at most. */
  readonly tries: number;
  /** Milliseconds that one request may spend waiting; whoever would have to wait longer ends at once. */
  readonly patience: number;
  /** Milliseconds that all limits together may hold up a run. */
  readonly budget: number;
  /** Milliseconds for one try: to connect, to be answered, and to read the whole answer. */
  readonly timeout: number;
  /** Milliseconds in which something of a file has to move, either way; files themselves may take as long as they need. */
  readonly stall: number;
}

/** What the scheduler has done; for reports, and for tests of how much was asked. */
export interface SchedulerCounts {
  readonly sent: number;
  readonly changes: number;
  /** Times that GitHub refused because of a limit. */
  readonly refused: number;
}

export interface RequestScheduler {
  /** Sends a request when its turn has come, and again as far as that can do no harm. Throws what its last try threw, or E_RATE. */
  run<T>(request: ScheduledRequest<T>): Promise<T>;
  readonly counts: SchedulerCounts;
  readonly limits: SchedulerLimits;
}

const minute = 60_000;
/** What a run keeps to unless it is given others. */
export const usualLimits: SchedulerLimits = {
  concurrent: 2,
  changesAMinute: 60,
  betweenChanges: 1000,
  tries: 6,
  patience: 15 * minute,
  budget: 45 * minute,
  timeout: minute,
  stall: 2 * minute,
};

type SchedulerHost = Pick<Host, 'clock' | 'signal' | 'log'> & Partial<Pick<Host, 'progress'>>;

const schedulers = new WeakMap<SchedulerHost, RequestScheduler>();

/** The scheduler of a run: limits count for all its requests together, whoever sends them. They are `given` by who asks first. */
export function schedulerOf(host: SchedulerHost, given: Partial<SchedulerLimits> = {}): RequestScheduler {
  const known = schedulers.get(host);
  if (known !== undefined) return known;
  const made = requestScheduler(host, given);
  schedulers.set(host, made);
  return made;
}

/** Few requests at a time, no more changes than GitHub takes, and everybody waits as soon as one is told to. Two of one kind keep their order. */
export function requestScheduler({ clock, signal, log, progress }: SchedulerHost, given: Partial<SchedulerLimits> = {}): RequestScheduler {
  const limits = { ...usualLimits, ...given };
  const counts = { sent: 0, changes: 0, refused: 0 };
  const pace = new ChangePace(limits);
  const waiting: (() => void)[] = [];
  let running = 0;
  let pausedUntil = 0;
  let heldUp = 0;

  return {
    counts,
    limits,
    async run(request) {
      await enter();
      try {
        return await tryOn(request);
      } finally {
        leave();
      }
    },
  };

  async function tryOn<T>(request: ScheduledRequest<T>): Promise<T> {
    // What another request was told is waited for as well, but only what this one was told uses its patience.
    const patienceEnds = clock.now() + limits.patience;
    for (let tries = 1; ; tries += 1) {
      await turnOf(request, patienceEnds);
      try {
        return await sendOnce(request);
      } catch (error) {
        signal.throwIfAborted();
        const advice = waitAdvice(error, clock.now(), tries);
        const isRepeatable = advice.kind === 'limit' || (advice.kind === 'broken' && request.kind === 'read');
        if (advice.kind === 'final' || !isRepeatable) throw error;
        if (advice.kind === 'broken' && tries >= limits.tries) throw error;
        if (advice.until > patienceEnds || tries >= limits.tries || isOverBudget(advice)) {
          // Also those that are still waiting may send nothing before then.
          if (advice.kind === 'limit') pausedUntil = Math.max(pausedUntil, advice.until);
          throw tooLong(request.doing, advice, error);
        }
        await pause(request.doing, advice);
      }
    }
  }

  async function sendOnce<T>({ kind, send, timeout = limits.timeout }: ScheduledRequest<T>): Promise<T> {
    counts.sent += 1;
    if (kind === 'change') counts.changes += 1;
    const late = new AbortController();
    // Not AbortSignal.timeout: whoever goes on with the answer afterwards, as a download does, has time of its own.
    const timer = setTimeout(() => late.abort(new Error(`no whole answer within ${timeout / 1000} s`)), timeout);
    try {
      return await send(AbortSignal.any([signal, late.signal]));
    } finally {
      clearTimeout(timer);
    }
  }

  function isOverBudget({ kind, until }: WaitAdvice & { readonly until: number }): boolean {
    return kind === 'limit' && heldUp + until - Math.max(pausedUntil, clock.now()) > limits.budget;
  }

  async function pause(doing: string, { kind, until }: Exclude<WaitAdvice, { kind: 'final' }>): Promise<void> {
    const seconds = Math.ceil((until - clock.now()) / 1000);
    if (kind === 'limit') {
      counts.refused += 1;
      pace.refused();
      heldUp += Math.max(0, until - Math.max(pausedUntil, clock.now()));
      pausedUntil = Math.max(pausedUntil, until);
      progress?.update(`waiting ${seconds} s for GitHub's rate limit`);
      log.info(`GitHub's rate limit is reached while ${doing}: all requests wait ${seconds} s`);
      return;
    }
    log.debug(`GitHub did not answer well while ${doing}: another try in ${seconds} s`);
    await clock.sleep(Math.max(0, until - clock.now()));
  }

  /** Waits until nobody has to wait any more, and for a change until its turn. */
  async function turnOf({ kind, doing }: ScheduledRequest<unknown>, patienceEnds: number): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (pausedUntil > patienceEnds) throw tooLong(doing, { kind: 'limit', until: pausedUntil }, undefined);
      const now = clock.now();
      const at = Math.max(pausedUntil, kind === 'change' ? pace.next(now) : 0);
      if (at <= now) {
        if (kind === 'change') pace.sent(now);
        return;
      }
      // Looked at again afterwards: another change may have gone first, or a new pause begun.
      await clock.sleep(at - now);
    }
  }

  async function enter(): Promise<void> {
    if (running >= limits.concurrent) await new Promise<void>((next) => waiting.push(next));
    else running += 1;
  }

  /** Whoever waits longest takes the place over. */
  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function tooLong(doing: string, { until }: Exclude<WaitAdvice, { kind: 'final' }>, error: unknown): UserError {
  const at = `${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const said = field(error, 'message');
  const words = typeof said === 'string' ? ` (${inertLine(said).slice(0, 200)})` : '';
  return new UserError('E_RATE', `GitHub wants no further request before ${at}${words}, while ${doing}`, {
    cure: `Run again after ${at}: what was already done is kept and completed.`,
    ...(error === undefined ? {} : { cause: error }),
  });
}
