import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecOptions, ExecResult, Host } from '@release-kit/action';
import type { NamedCommit } from './tags.ts';

/** git in one checkout, for reading only. */
export interface Git extends AsyncDisposable {
  readonly checkout: string;
  /** Runs git with these arguments; failure is E_GIT. */
  run(args: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** A file name in git's own temporary folder. */
  temporaryFile(name: string): string;
  /** What a shallow checkout was completed with; undefined where the checkout itself is read. */
  readonly deepened?: Deepened;
}

/** The part of a history that was fetched besides a shallow checkout, which stays as it is. */
export interface Deepened {
  /** All tags, also those whose commits were not fetched. */
  readonly tags: readonly NamedCommit[];
  /** Of those, the commits that are there. */
  readonly present: ReadonlySet<string>;
  /** The commits that the history was cut behind: they and all before them are older than what it was fetched for. Empty: it is whole. */
  readonly boundary: readonly string[];
}

// What a repository's own configuration could make git start or fetch while it only reads; the user's and the machine's
// configuration are not read at all.
const hardened = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'log.mailmap=false',
  'log.showSignature=false',
  'protocol.allow=never',
];

/**
 * Opens a checkout whoever owns it: inside a container the checkout often belongs to another user than the one who
 * runs git, and git then refuses it (safe.directory). The exception is written to a configuration file of our own,
 * because git before 2.38 does not take it from the command line.
 */
export async function openGit(host: Host, checkout: string): Promise<Git> {
  const folder = await host.files.temporary('git');
  const config = join(folder.path, 'config');
  await writeFile(config, `[safe]\n\tdirectory = ${quoted(checkout)}\n`);
  const env = {
    GIT_CONFIG_GLOBAL: config,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    // Nobody watches: without this a log through a pipe is written commit by commit, at twice the cost.
    GIT_FLUSH: '0',
    // Grafts and replaced objects are local: others who read the same history do not see them.
    GIT_GRAFT_FILE: join(folder.path, 'no-grafts'),
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
  const options = hardened.flatMap((setting) => ['-c', setting]);
  return {
    checkout,
    run: (args, given) =>
      host.exec(['git', '--no-pager', ...options, ...args], {
        cwd: checkout,
        errorCode: 'E_GIT',
        failure: `git cannot read the history of ${checkout}`,
        ...given,
        env: { ...env, ...given?.env },
      }),
    temporaryFile: (name) => join(folder.path, name),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** A value as git-config(1) reads it. */
function quoted(text: string): string {
  const escaped = text
    .replace(/["\\]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}
