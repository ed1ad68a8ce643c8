import { setImmediate } from 'node:timers/promises';
import { codeOf, refusalOf } from '@release-kit/action';

/** What a program's standard streams are to us here. */
export interface Outputs {
  readonly stdout: Pick<NodeJS.WriteStream, 'on'>;
  readonly stderr: Pick<NodeJS.WriteStream, 'write'>;
}

/**
 * Runs the program, and makes of exit code 0 a 2 where standard output could not take all of it, as on a full disk: a file that is cut must not
 * pass for the answer. A reader that has gone (EPIPE, as with `head`) has what it wanted.
 */
export async function tellLostOutput({ stdout, stderr }: Outputs, run: () => Promise<number>): Promise<number> {
  let lost: unknown;
  stdout.on('error', (error: unknown) => {
    lost ??= error;
  });
  const exitCode = await run();
  // The error of the last write comes a tick after it.
  await setImmediate();
  if (lost === undefined || codeOf(lost) === 'EPIPE') return exitCode;
  stderr.write(`release-kit: standard output cannot be written, so it is not whole: ${refusalOf(lost) ?? 'it was closed'}\n`);
  // The run was ended for it, or had ended already.
  return exitCode === 0 || exitCode === 130 ? 2 : exitCode;
}
