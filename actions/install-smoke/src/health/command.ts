import { inertLine, UserError } from '@release-kit/action';
import type { BootedMachine } from '@release-kit/machine';
import type { Problem } from '../problem.ts';

const environment = { LC_ALL: 'C.UTF-8' };

/** Runs a command of the configuration as `/bin/sh -c`; undefined is good. */
export async function checkCommand(machine: BootedMachine, command: string, timeout: number): Promise<Problem | undefined> {
  const shown = inertLine(command);
  try {
    const { exitCode, stdout, stderr } = await machine.run(['/bin/sh', '-c', command], { allow: 'any', timeout, env: environment });
    if (exitCode === 0) return undefined;
    const output = `${stdout}${stderr}`.trimEnd().split('\n').slice(-30).join('\n');
    return {
      category: 'command-failed',
      message: `the command ${shown} ended with ${exitCode === null ? 'a signal' : `exit code ${exitCode}`}`,
      ...(output === '' ? {} : { evidence: output }),
    };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_TIMEOUT') throw error;
    return { category: 'command-failed', message: `the command ${shown} was not done after ${timeout / 1000} s` };
  }
}
