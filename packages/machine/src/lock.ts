import { type Argv, type Host, UserError } from '@release-kit/action';

/** Milliseconds before it is said that another run holds the lock. */
const patience = 1000;

/**
 * Holds an exclusive lock on a file (created when missing) until disposal. flock(1) holds it as a child that the kernel kills
 * with this process, so a lock can never be stale. Disposal throws where it was lost before: then another run may have been inside as well.
 */
export async function lockFile(host: Host, file: string, what: string): Promise<AsyncDisposable> {
  const release = new AbortController();
  const script = 'echo locked; exec sleep infinity';
  const argv: Argv = ['setpriv', '--pdeathsig', 'KILL', 'flock', '--no-fork', '--exclusive', file, '/bin/sh', '-c', script];
  const locked = Promise.withResolvers<void>();
  let isHeld = false;
  const holder = host
    .exec(argv, {
      cwd: '/',
      signal: release.signal,
      failure: `${what} cannot be locked`,
      onLine: (line) => {
        if (line !== 'locked') return;
        isHeld = true;
        locked.resolve();
      },
    })
    .then(
      () => {
        throw lost(what);
      },
      (error: unknown) => {
        if (!release.signal.aborted) throw isHeld && !host.signal.aborted ? lost(what, error) : error;
      },
    );
  holder.catch(() => {}); // told by the race, or by disposal
  const timer = setTimeout(() => host.log.info(`Waiting for another run that prepares ${what}.`), patience);
  try {
    await Promise.race([locked.promise, holder]);
  } finally {
    clearTimeout(timer);
  }
  return {
    async [Symbol.asyncDispose]() {
      release.abort();
      await holder.catch((error: unknown) => {
        // Who is interrupted hears of that, and not of the lock that went with it.
        if (!host.signal.aborted) throw error;
      });
    },
  };
}

function lost(what: string, cause?: unknown): UserError {
  return new UserError('E_CACHE', `the lock on ${what} was lost: somebody ended the process that held it`, {
    cause,
    cure: 'Run again; another run may have worked on it at the same time.',
  });
}
