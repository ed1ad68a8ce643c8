import { type Argv, type Host, UserError } from '@release-kit/action';

/** Milliseconds before it is said that another run holds the lock. */
const patience = 1000;

/**
 * Holds an exclusive lock on a file (created when missing) until disposal. flock(1) holds it as a child that the kernel kills
 * with this process, so a lock can never be stale.
 */
export async function lockFile(host: Host, file: string, what: string): Promise<AsyncDisposable> {
  const release = new AbortController();
  const script = 'echo locked; exec sleep infinity';
  const argv: Argv = ['setpriv', '--pdeathsig', 'KILL', 'flock', '--no-fork', '--exclusive', file, '/bin/sh', '-c', script];
  let locked = (): void => {};
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const holder = host
    .exec(argv, {
      cwd: '/',
      signal: release.signal,
      failure: `${what} cannot be locked`,
      onLine: (line) => {
        if (line === 'locked') locked();
      },
    })
    .then(
      () => {
        throw new UserError('E_CACHE', `the lock on ${what} was lost`);
      },
      (error: unknown) => {
        if (!release.signal.aborted) throw error;
      },
    );
  holder.catch(() => {}); // told by the race, or by disposal
  const timer = setTimeout(() => host.log.info(`Waiting for another run that prepares ${what}.`), patience);
  try {
    await Promise.race([isLocked, holder]);
  } finally {
    clearTimeout(timer);
  }
  return {
    async [Symbol.asyncDispose]() {
      release.abort();
      await holder.catch(() => {});
    },
  };
}
