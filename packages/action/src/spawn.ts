import { type ChildProcess, spawn as spawnProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { captureOutput, keptBytes } from './captured-output.ts';
import { type ChildFiles, openChildFiles } from './child-files.ts';
import type { Argv, ExecOptions, ExecResult } from './command.ts';
import { CommandError, type CommandFailure, UserError } from './errors.ts';
import { inertLine } from './inert.ts';
import { type Ended, ProcessGroup, type Stop } from './process-group.ts';
import { codeOf } from './system-error.ts';
import { openTerminal } from './terminal-device.ts';

export interface SpawnContext {
  readonly workspace: string;
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
  /** Replaces secrets by ***. */
  readonly redact: (text: string) => string;
  /** Prints one line of a child's output; the line is inert and redacted. */
  readonly print: (line: string) => void;
  readonly debug: (text: string) => void;
}

/**
 * The only place of release-kit that starts a command: argument array, explicit folder and environment, own
 * process group (so that Ctrl-C reaches us first and we end the whole group), no shell.
 */
export async function runCommand(argv: Argv, options: ExecOptions, context: SpawnContext): Promise<ExecResult> {
  const signals = (options.uninterrupted === true ? [] : [context.signal, options.signal]).filter((signal) => signal !== undefined);
  for (const signal of signals) if (signal.aborted) throw cancelled(signal.reason);
  context.debug(`$ ${inertLine(context.redact(argv.join(' ')))}`);
  if (options.terminal === true) return runInTerminal(argv, options, context, signals);
  using files = openChildFiles(options);
  const child = start(argv, options, context, files);
  using group = new ProcessGroup(child, killBySudo);
  const output = captureOutput(child, {
    program: argv[0],
    keep: options.keep ?? true,
    encoding: options.encoding ?? 'utf8',
    limit: options.outputLimit ?? keptBytes,
    redact: context.redact,
    print: options.output === 'log' ? context.print : undefined,
    onLine: options.onLine,
    onStdout: options.onStdout,
    stopped: () => group.stopped !== undefined,
    log: files.log,
    fail: (error) => group.stop({ kind: 'failed', error }),
  });
  feed(child, files, (problem) => context.debug(`stdin of ${argv[0]}: ${problem}`));
  if (options.timeout !== undefined) group.stopAfter(options.timeout);
  for (const signal of signals) group.stopOn(signal);
  const ended = await group.ended.catch((error: unknown) => {
    throw notStarted(argv, workingFolder(options, context), error);
  });
  await Promise.race([output.taken(), group.stopping]);
  const kept = output.finish();
  const failure = (): CommandFailure => ({ argv: argv.map(context.redact), ...ended, lastLines: output.lastLines });
  if (group.stopped !== undefined) throw stopError(group.stopped, argv[0], options.timeout ?? 0, failure());
  const allow = options.allow ?? [0];
  if (allow === 'any' || (ended.exitCode !== null && allow.includes(ended.exitCode))) return { exitCode: ended.exitCode, ...kept };
  throw new CommandError(options.errorCode ?? 'E_COMMAND', options.failure ?? `${argv[0]} ${endWords(ended)}`, failure());
}

/**
 * In our own process group, which is the one that the terminal listens to. When a signal aborts, the child is told, and nothing else:
 * what it started is tied to it by whoever asked.
 */
async function runInTerminal(
  argv: Argv,
  options: ExecOptions,
  context: SpawnContext,
  signals: readonly AbortSignal[],
): Promise<ExecResult> {
  const [program, ...args] = argv;
  const cwd = workingFolder(options, context);
  using terminal = openTerminal();
  const { descriptor } = terminal;
  const env = { ...baseEnvironment(context.env), ...options.env };
  const child = spawnProcess(program, args, { cwd, env, stdio: [descriptor, descriptor, descriptor] });
  const stop = (): void => void child.kill('SIGTERM');
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', (error) => reject(notStarted(argv, cwd, error)));
      child.once('exit', resolve);
    });
    for (const signal of signals) if (signal.aborted) throw cancelled(signal.reason);
    return { exitCode, stdout: '', stderr: '' };
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', stop);
  }
}

/**
 * Starts a program that shares our output, folder and group, and waits for its end. It is root, so that no signal of ours
 * reaches it: its standard input is a pipe, which closes when `signal` aborts, or when we are gone.
 */
export async function startAsRoot(argv: Argv, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Ended> {
  if (signal.aborted) throw cancelled(signal.reason);
  const [program, ...args] = argv;
  const child = spawnProcess(program, args, { env, stdio: ['pipe', 'inherit', 'inherit'] });
  // It may be gone already, and then there is nothing to tell it.
  child.stdin.on('error', () => {});
  const close = (): void => void child.stdin.end();
  signal.addEventListener('abort', close, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode, by) => resolve({ exitCode, signal: by }));
    });
  } finally {
    signal.removeEventListener('abort', close);
    child.stdin.destroy();
  }
}

function start(argv: Argv, options: ExecOptions, context: SpawnContext, files: ChildFiles): ChildProcess {
  const [program, ...args] = argv;
  const cwd = workingFolder(options, context);
  try {
    return spawnProcess(program, args, {
      cwd,
      env: { ...baseEnvironment(context.env), ...options.env },
      stdio: [files.input, files.output, 'pipe'],
      detached: true,
    });
  } catch (error) {
    throw notStarted(argv, cwd, error);
  }
}

function workingFolder(options: ExecOptions, context: SpawnContext): string {
  return options.cwd ?? context.workspace;
}

const usualPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** What every child gets: enough to find programs, and a fixed language and time zone so that its output can be read. */
function baseEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  // The PATH of an ordinary user of Debian lacks the sbin folders, where half of our tools are.
  const path = [...new Set([...(env['PATH'] ?? '').split(':').filter((folder) => folder !== ''), ...usualPath])].join(':');
  return { PATH: path, HOME: env['HOME'] ?? '/root', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}

function killBySudo(leader: number, signal: NodeJS.Signals): void {
  spawnProcess('sudo', ['-n', 'kill', '-s', signal.replace(/^SIG/, ''), '--', `-${leader}`], { stdio: 'ignore', detached: true })
    .on('error', () => {}) // no sudo: then nothing here made it root, and nothing here can end it
    .unref();
}

function feed(child: ChildProcess, files: ChildFiles, note: (problem: string) => void): void {
  // A child may close its end before it has read everything; its exit code tells what that meant.
  child.stdin?.on('error', (error) => note(error.message));
  if (files.inputBytes !== undefined) child.stdin?.end(files.inputBytes);
}

function notStarted(argv: Argv, cwd: string, error: unknown): unknown {
  const [program] = argv;
  const code = codeOf(error);
  const details = { cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EACCES':
      if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true)
        return new UserError('E_PATH', `the working folder ${cwd} does not exist`, details);
      if (code === 'EACCES') return new UserError('E_COMMAND', `${program} may not be run: permission denied`, details);
      return new UserError('E_TOOL_MISSING', `${program} is not installed`, details);
    case 'E2BIG':
      return new UserError('E_COMMAND', `the arguments of ${program} are too long for the system`, details);
    case 'ERR_INVALID_ARG_VALUE':
      return new UserError(
        'E_INPUT',
        `an argument or variable of ${inertLine(program)} holds a NUL byte or is empty where it must not be`,
        details,
      );
    default:
      return error;
  }
}

function stopError(stop: Stop, program: string, timeout: number, failure: CommandFailure): unknown {
  switch (stop.kind) {
    case 'timeout':
      return new CommandError(
        'E_TIMEOUT',
        `${program} took longer than ${timeout < 10_000 ? `${timeout} ms` : `${Math.round(timeout / 1000)} s`}`,
        failure,
      );
    case 'cancelled':
      return withFailure(cancelled(stop.reason), failure);
    case 'failed':
      return withFailure(stop.error, failure);
  }
}

/** What is said of a command that somebody stopped because of what it did comes with its last lines. */
function withFailure(error: unknown, failure: CommandFailure): unknown {
  if (!(error instanceof UserError) || error instanceof CommandError || error.code !== 'E_COMMAND') return error;
  return new CommandError(error.code, error.message, failure, { cure: error.cure, cause: error });
}

function cancelled(reason: unknown): UserError {
  return reason instanceof UserError ? reason : new UserError('E_CANCELLED', 'interrupted', { cause: reason });
}

function endWords({ exitCode, signal }: Ended): string {
  if (signal === 'SIGKILL' || exitCode === 137) return 'was killed, perhaps because memory ran out';
  return exitCode === null ? `was ended by ${signal}` : `ended with exit code ${exitCode}`;
}
