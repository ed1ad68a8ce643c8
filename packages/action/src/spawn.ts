import { type ChildProcess, spawn as spawnProcess } from 'node:child_process';
import { closeSync, createWriteStream, openSync, type WriteStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Argv, ExecOptions, ExecResult } from './command.ts';
import { CommandError, UserError } from './errors.ts';
import { inertLine } from './inert.ts';

/** Above this a caller should use `stdoutFile`. */
const keptBytes = 64 * 1024 * 1024;
const lastLinesKept = 20;
/** After SIGTERM, before SIGKILL; a runner gives 2.5 s in all. */
const graceMilliseconds = 2000;

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
 * The only place of release-kit that starts a process: argument array, explicit folder and environment, own
 * process group (so that Ctrl-C reaches us first and we end the whole group), no shell.
 */
export async function runCommand(argv: Argv, options: ExecOptions, context: SpawnContext): Promise<ExecResult> {
  context.signal.throwIfAborted();
  options.signal?.throwIfAborted();
  context.debug(`$ ${inertLine(context.redact(argv.join(' ')))}`);
  const [program, ...args] = argv;
  using input = openInput(options);
  using output = options.stdoutFile === undefined ? undefined : openFile(options.stdoutFile, 'w');
  await using log = options.logFile === undefined ? undefined : openLog(options.logFile);
  const child = spawnProcess(program, args, {
    cwd: options.cwd ?? context.workspace,
    env: { ...baseEnvironment(context.env), ...options.env },
    stdio: [input.stdio, output?.descriptor ?? 'pipe', 'pipe'],
    detached: true,
  });
  const capture = captureOutput(child, options, context, log?.stream);
  const ended = untilEnd(child, program);
  // A child may close its end before it has read everything; its exit code tells what that meant.
  child.stdin?.on('error', (error: NodeJS.ErrnoException) => context.debug(`stdin of ${program}: ${error.code ?? error.message}`));
  if (input.bytes !== undefined) child.stdin?.end(input.bytes);
  const { exitCode, signal, stopped } = await endedOrStopped(child, ended, options, context);
  const result = capture.finish();
  if (stopped !== undefined) throw stopped(program, capture.lastLines);
  const allow = options.allow ?? [0];
  if (allow === 'any' || (exitCode !== null && allow.includes(exitCode))) return { exitCode, ...result };
  const how = exitCode === null ? `was ended by ${signal}` : `ended with exit code ${exitCode}`;
  throw new CommandError(options.errorCode ?? 'E_COMMAND', options.failure ?? `${program} ${how}`, {
    argv: argv.map(context.redact),
    exitCode,
    signal,
    lastLines: capture.lastLines,
  });
}

/** What every child gets: enough to find programs, and a fixed language and time zone so that its output can be read. */
function baseEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return {
    PATH: env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: env['HOME'] ?? '/root',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
  };
}

interface OpenFile extends Disposable {
  readonly descriptor: number;
}

function openFile(file: string, flags: string): OpenFile {
  const descriptor = openSync(file, flags, 0o600);
  return { descriptor, [Symbol.dispose]: () => closeSync(descriptor) };
}

function openInput(options: ExecOptions): Disposable & { stdio: 'pipe' | 'ignore' | number; bytes?: Uint8Array | string } {
  const { stdin } = options;
  if (stdin === undefined) return { stdio: 'ignore', [Symbol.dispose]: () => {} };
  if (typeof stdin === 'string' || stdin instanceof Uint8Array) return { stdio: 'pipe', bytes: stdin, [Symbol.dispose]: () => {} };
  const file = openFile(stdin.file, 'r');
  return { stdio: file.descriptor, [Symbol.dispose]: () => file[Symbol.dispose]() };
}

function openLog(file: string): AsyncDisposable & { stream: WriteStream } {
  const stream = createWriteStream(file, { flags: 'a' });
  const failed = new Promise<void>((_, reject) => stream.once('error', reject));
  failed.catch(() => {}); // reported on disposal
  return { stream, [Symbol.asyncDispose]: () => Promise.race([failed, new Promise<void>((resolve) => stream.end(resolve))]) };
}

function captureOutput(child: ChildProcess, options: ExecOptions, context: SpawnContext, log: WriteStream | undefined) {
  const lastLines: string[] = [];
  let kept = 0;
  const streams = (['stdout', 'stderr'] as const).map((name) => {
    const decoder = new StringDecoder('utf8');
    const parts: string[] = [];
    let open = '';
    const line = (raw: string): void => {
      const shown = inertLine(context.redact(raw.replace(/\r$/, '')));
      if (lastLines.push(shown) > lastLinesKept) lastLines.shift();
      if (options.output === 'log') context.print(shown);
      log?.write(`${raw}\n`);
      options.onLine?.(raw, name);
    };
    const take = (text: string): void => {
      if (kept <= keptBytes) parts.push(text);
      const pieces = (open + text).split('\n');
      open = pieces.pop() ?? '';
      for (const piece of pieces) line(piece);
    };
    child[name]?.on('data', (chunk: Buffer) => {
      kept += chunk.length;
      take(decoder.write(chunk));
    });
    return {
      name,
      finish: (): string => {
        take(decoder.end());
        if (open !== '') line(open);
        return parts.join('');
      },
    };
  });
  return {
    lastLines,
    finish: (): { stdout: string; stderr: string } => {
      const [stdout = '', stderr = ''] = streams.map((stream) => stream.finish());
      if (kept > keptBytes) throw new UserError('E_COMMAND', `a command printed more than ${keptBytes} bytes`);
      return { stdout, stderr };
    },
  };
}

type Ended = { exitCode: number | null; signal: NodeJS.Signals | null };

function untilEnd(child: ChildProcess, program: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new UserError('E_TOOL_MISSING', `${program} is not installed, or its working folder is missing`, { cause: error })
          : error,
      ),
    );
  });
}

type Stopped = (program: string, lastLines: readonly string[]) => UserError;

async function endedOrStopped(
  child: ChildProcess,
  ended: Promise<Ended>,
  options: ExecOptions,
  context: SpawnContext,
): Promise<Ended & { stopped: Stopped | undefined }> {
  let stopped: Stopped | undefined;
  let killer: NodeJS.Timeout | undefined;
  const stop = (why: Stopped): void => {
    if (stopped !== undefined) return;
    stopped = why;
    killGroup(child, 'SIGTERM');
    killer = setTimeout(() => killGroup(child, 'SIGKILL'), graceMilliseconds);
  };
  const cancel = (): void => stop(() => new UserError('E_CANCELLED', 'interrupted'));
  const timer =
    options.timeout === undefined
      ? undefined
      : setTimeout(
          () =>
            stop(
              (program, lastLines) =>
                new UserError(
                  'E_TIMEOUT',
                  `${program} took longer than ${Math.round((options.timeout ?? 0) / 1000)} s; its last lines:\n${lastLines.join('\n')}`,
                ),
            ),
          options.timeout,
        );
  const signals = [context.signal, options.signal].filter((signal) => signal !== undefined);
  for (const signal of signals) signal.addEventListener('abort', cancel, { once: true });
  try {
    return { ...(await ended), stopped };
  } finally {
    clearTimeout(timer);
    clearTimeout(killer);
    for (const signal of signals) signal.removeEventListener('abort', cancel);
    // What the command left running in its group must not outlive it.
    if (stopped !== undefined) killGroup(child, 'SIGKILL');
  }
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
