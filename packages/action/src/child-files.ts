import { closeSync, constants, openSync } from 'node:fs';
import type { ExecOptions } from './command.ts';
import { UserError } from './errors.ts';

/** What a child reads and writes besides pipes; closed when disposed of. */
export interface ChildFiles extends Disposable {
  /** For `stdio[0]`. */
  readonly input: 'pipe' | 'ignore' | number;
  /** To be written to the pipe. */
  readonly inputBytes: Uint8Array | string | undefined;
  /** For `stdio[1]`. */
  readonly output: 'pipe' | number;
  readonly log: number | undefined;
}

// What is written is ours: a link in its place was put there by somebody else.
const written = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
const appended = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;

/** Opens them all or none. Throws UserError E_PATH. */
export function openChildFiles(options: ExecOptions): ChildFiles {
  using files = new DisposableStack();
  const open = (file: string, flags: number): number => {
    const descriptor = openFile(file, flags);
    files.defer(() => closeSync(descriptor));
    return descriptor;
  };
  const { stdin, stdoutFile, logFile } = options;
  const isFile = typeof stdin === 'object' && 'file' in stdin;
  const input = stdin === undefined ? 'ignore' : isFile ? open(stdin.file, constants.O_RDONLY) : 'pipe';
  const output = stdoutFile === undefined ? 'pipe' : open(stdoutFile, written);
  const log = logFile === undefined ? undefined : open(logFile, appended);
  const kept = files.move();
  return { input, output, log, inputBytes: isFile ? undefined : stdin, [Symbol.dispose]: () => kept.dispose() };
}

function openFile(file: string, flags: number): number {
  try {
    return openSync(file, flags, 0o600);
  } catch (error) {
    throw new UserError('E_PATH', `${file} cannot be ${flags === constants.O_RDONLY ? 'read' : 'written'}`, { cause: error });
  }
}
