import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exec } from './command.ts';
import { firstErrorOf, UserError } from './errors.ts';
import type { Clock, GitHubContext } from './host.ts';
import type { Secrets } from './secrets.ts';
import { runCommand } from './spawn.ts';

export interface ExecParts {
  readonly workspace: string;
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
  readonly secrets: Secrets;
  readonly print: (line: string) => void;
  readonly debug: (text: string) => void;
}

export function execOf(parts: ExecParts): Exec {
  const context = { ...parts, redact: (text: string) => parts.secrets.redact(text) };
  return (argv, options = {}) => runCommand(argv, options, context);
}

export const systemClock = (signal: AbortSignal): Clock => ({
  now: () => Date.now(),
  async sleep(milliseconds) {
    try {
      await sleep(milliseconds, undefined, { signal });
    } catch (error) {
      throw firstErrorOf(error);
    }
  },
});

/** Where base systems and other reusable things are kept between runs. */
export function cacheFolderOf(env: NodeJS.ProcessEnv): string {
  return textOf(env['RELEASE_KIT_CACHE']) ?? join(textOf(env['XDG_CACHE_HOME']) ?? join(homedir(), '.cache'), 'release-kit');
}

const textOf = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** Default variables of GitHub Actions; the two addresses are set on every runner, GitHub Enterprise Server included. */
export function githubContextOf(env: NodeJS.ProcessEnv): GitHubContext {
  return {
    repository: textOf(env['GITHUB_REPOSITORY']),
    ref: textOf(env['GITHUB_REF']),
    sha: textOf(env['GITHUB_SHA']),
    eventName: textOf(env['GITHUB_EVENT_NAME']),
    apiUrl: textOf(env['GITHUB_API_URL']) ?? 'https://api.github.com',
    serverUrl: textOf(env['GITHUB_SERVER_URL']) ?? 'https://github.com',
  };
}

/** Unset and empty are the same, as on a runner. */
export const variableOf =
  (env: NodeJS.ProcessEnv) =>
  (name: string): string | undefined =>
    textOf(env[name]);

const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborted by SIGINT and SIGTERM, as a runner sends them, and by SIGHUP and a broken standard output,
 * when nobody listens any more: then, too, there is to clean up. `dispose` takes the listeners away.
 * With a lifeline also by the end of standard input: an ordinary user can close it, but cannot signal root.
 */
export function interruptSignal({ lifeline = false }: { readonly lifeline?: boolean } = {}): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new Interrupted());
  for (const name of interrupts) process.on(name, abort);
  process.stdout.on('error', abort);
  if (lifeline) process.stdin.on('end', abort).on('error', abort).resume().unref();
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      if (lifeline) process.stdin.off('end', abort).pause();
      for (const name of interrupts) process.off(name, abort);
      // The last write's error comes a tick after it.
      setImmediate(() => process.stdout.off('error', abort));
    },
  };
}

class Interrupted extends UserError {
  constructor() {
    super('E_CANCELLED', 'interrupted');
  }
}
