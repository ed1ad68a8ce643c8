import { runProgram } from './program.ts';

export interface ProgramRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramRunOptions {
  /** Absolute: working folder and home. */
  readonly folder: string;
  /** Besides PATH and HOME. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether standard output is a terminal. */
  readonly isTTY?: boolean;
}

/** Runs the program as a shell would, and keeps what it says. */
export async function runIn({ folder, env = {}, isTTY = false }: ProgramRunOptions, args: readonly string[]): Promise<ProgramRun> {
  const said = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') => ({
    isTTY: isTTY && name === 'stdout',
    write: (text: string) => {
      said[name] += text;
    },
  });
  const exitCode = await runProgram(args, {
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
    stdout: into('stdout'),
    stderr: into('stderr'),
    cwd: folder,
  });
  return { exitCode, ...said };
}
