import { CommandError } from '@release-kit/action';
import type { Git } from './git.ts';
import { type LoggedCommit, LogParser, logFormat } from './log-record.ts';

/**
 * `strict`: no parent before its last child, for which git walks through all of the range before it says the first word. `dates`: the same where clocks were right, without that walk;
 * whoever reads it must notice when a parent came before a child of its.
 */
export type LogOrder = 'strict' | 'dates';

/** What `readLog` reads; object names in full. */
export interface LogRange {
  /** The newest commits: they and their ancestors are read. */
  readonly to: readonly string[];
  /** These and their ancestors are not. */
  readonly without?: readonly string[] | undefined;
  /** Whether the changed files are wanted: git then has to compare trees, which takes several times as long. */
  readonly paths?: boolean | undefined;
  /** `strict` when it is not given. */
  readonly order?: LogOrder | undefined;
  /** Whoever does not want it any more need not wait for the next commits; the iteration throws E_CANCELLED then. */
  readonly signal?: AbortSignal | undefined;
}

/** Batches that wait for the consumer before git is made to wait: some megabytes at most. */
const waitingBatches = 16;

/**
 * Reads commits in batches, newest first and (unless it is asked otherwise) none before all of its children, with one git process. Memory does not depend on the history: when the consumer
 * is slow, git waits. Ending the iteration early ends git.
 *
 * @throws UserError E_GIT when git cannot read the history
 */
export async function* readLog(git: Git, range: LogRange): AsyncGenerator<readonly LoggedCommit[]> {
  if (range.to.length === 0) return;
  const parser = new LogParser(range.paths === true);
  const batches: (readonly LoggedCommit[])[] = [];
  let changed = Promise.withResolvers<void>();
  let taken = Promise.withResolvers<void>();
  let ended = false;
  const stop = new AbortController();
  const run = git.run(logArguments(range), {
    stdin: `${revisions(range, git.deepened?.boundary ?? []).join('\n')}\n`,
    signal: range.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, range.signal]),
    onStdout: (chunk) => {
      const commits = parser.take(chunk);
      if (commits.length === 0) return;
      batches.push(commits);
      changed.resolve();
      if (batches.length < waitingBatches) return;
      taken = Promise.withResolvers<void>();
      return taken.promise;
    },
  });
  const done = run.finally(() => {
    ended = true;
    changed.resolve();
  });
  // It is awaited below, maybe long after it failed.
  done.catch(() => {});
  try {
    while (true) {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        taken.resolve();
        yield batch;
      }
      if (ended) break;
      await changed.promise;
      changed = Promise.withResolvers<void>();
    }
    await done.catch((error: unknown) => {
      throw withCure(error);
    });
    const last = parser.end();
    if (last.length > 0) yield last;
  } finally {
    stop.abort();
    await done.catch(() => {});
  }
}

/** git goes on without a commit-graph that is cut or no such file at all, but not without one whose content is wrong. */
function withCure(error: unknown): unknown {
  if (!(error instanceof CommandError)) return error;
  if (!error.failure.lastLines.some((line) => /cannot read commit object|invalid parent position|commit-graph/.test(line))) return error;
  const cure = 'If git fsck finds nothing, the commit-graph is damaged: write it anew with git commit-graph write --reachable.';
  return new CommandError(error.code, error.message, error.failure, { cure, cause: error });
}

function logArguments({ paths, order }: LogRange): readonly string[] {
  // Whatever the checkout's own configuration says about logs and differences, the answer has this form.
  const form = [
    '-z',
    ...(order === 'dates' ? [] : ['--date-order']),
    '--no-color',
    '--no-mailmap',
    '--no-notes',
    '--no-show-signature',
    '--encoding=UTF-8',
    `--format=${logFormat}`,
  ];
  const files = [
    '--name-only',
    '--root',
    '--no-renames',
    '--no-relative',
    '--no-ext-diff',
    '--ignore-submodules=none',
    '--diff-merges=first-parent',
    '-O/dev/null',
  ];
  return ['log', ...form, ...(paths === true ? files : ['--no-patch']), '--stdin'];
}

function revisions({ to, without = [] }: LogRange, boundary: readonly string[]): readonly string[] {
  for (const sha of [...to, ...without])
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) throw new Error('a range of the log is made of full object names');
  return [...to, ...[...without, ...boundary].map((sha) => `^${sha}`)];
}
