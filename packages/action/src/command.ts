import type { ErrorCode } from './error-catalog.ts';

export type Argv = readonly [program: string, ...args: string[]];

export interface ExecOptions {
  /** Absolute. Default: the workspace. */
  readonly cwd?: string;
  /** The whole environment of the child besides PATH, HOME, LANG=C.UTF-8, TZ=UTC; nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes for its standard input, or the absolute path of a file to read; closed when absent. */
  readonly stdin?: Uint8Array | string | { readonly file: string };
  /** Writes standard output to this absolute path, as bytes, instead of keeping it; `stdout` is then ''. */
  readonly stdoutFile?: string;
  /** Appends every line of both streams to this absolute path, as they arrive: raw but for secrets, which are redacted. */
  readonly logFile?: string;
  /** false: `stdout` and `stderr` are '', and there may be any amount of output. For callers that need only `onLine` or `logFile`. */
  readonly keep?: boolean;
  /** `latin1`: each byte of standard output is one character of `stdout`, for programs that answer in bytes. Default `utf8`. */
  readonly encoding?: 'utf8' | 'latin1';
  /**
   * Gets standard output as bytes while it arrives, instead of lines and of keeping it (`stdout` is then ''); there may be any amount. While a
   * promise that it gave back is open, the command waits. What it throws stops the command and comes back; `signal` stops it for no reason.
   */
  readonly onStdout?: (chunk: Uint8Array) => void | Promise<void>;
  /** Bytes of both streams together; more stops the command with E_COMMAND. Default 64 MiB. */
  readonly outputLimit?: number;
  /** `log`: each line of both streams is printed, made inert. `quiet` (default): nothing is printed. */
  readonly output?: 'log' | 'quiet';
  /** Each line of both streams, raw, without its end of line. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Milliseconds; then SIGTERM, and SIGKILL 2 s later, to the whole process group. E_TIMEOUT. */
  readonly timeout?: number;
  /** Exit codes that are not an error. Default [0]; 'any' never throws for an exit code. */
  readonly allow?: readonly number[] | 'any';
  /** Code of the CommandError. Default E_COMMAND. */
  readonly errorCode?: ErrorCode;
  /** Problem in words for the CommandError's message. Default: `<program> ended with exit code N`. */
  readonly failure?: string;
  /**
   * Hands the terminal over to the command, for somebody to type: neither input nor output is ours then, nothing is kept or logged,
   * and there is no time limit. E_HOST where there is no terminal.
   */
  readonly terminal?: boolean;
  /** Kills the command when aborted, besides the host's own signal. */
  readonly signal?: AbortSignal;
  /**
   * Starts and ends although the run is interrupted: for the clean-up of things outside this process, which would stay otherwise.
   * Such a command has to be short and needs a timeout.
   */
  readonly uninterrupted?: boolean;
}

export interface ExecResult {
  /** null when a signal ended it (only with allow: 'any'). */
  readonly exitCode: number | null;
  /** UTF-8 decoded (unless `encoding` says otherwise), invalid bytes as U+FFFD; more than `outputLimit` stops the command. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a program without a shell. Throws CommandError, or UserError E_TOOL_MISSING when the program is not there. */
export type Exec = (argv: Argv, options?: ExecOptions) => Promise<ExecResult>;
