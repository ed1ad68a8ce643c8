import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProcessResult {
  readonly exitCode: number;
  /** Both streams in order of arrival; empty when they were shown. */
  readonly output: string;
  /** Standard output alone, byte for byte. */
  readonly stdout: Buffer;
}

/** Runs a program of ours to its end. `show`: its output goes straight to the terminal; `onLine` is given each line of standard error as it comes; `input`: its standard input. */
export function runProcess(
  argv: readonly [string, ...string[]],
  options: { show?: boolean; cwd?: string; env?: NodeJS.ProcessEnv; onLine?: (line: string) => void; input?: Uint8Array } = {},
): Promise<ProcessResult> {
  const [program, ...args] = argv;
  return new Promise((resolve, reject) => {
    const show = options.show ?? false;
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    const [chunks, printed]: [Buffer[], Buffer[]] = [[], []];
    child.stdout?.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      printed.push(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    if (options.onLine !== undefined && child.stderr !== null) createInterface({ input: child.stderr }).on('line', options.onLine);
    // A program that ends before it has read everything says why by its exit code.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString(), stdout: Buffer.concat(printed) }),
    );
  });
}
