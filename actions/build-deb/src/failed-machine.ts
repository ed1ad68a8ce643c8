import { CommandError, type Host, UserError } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';

/** Where a shell begins, and with which variables. */
export interface ShellPlace {
  /** Inside the machine. */
  readonly cwd: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  readonly network: boolean;
  /** A command that tries again what failed. */
  readonly again?: string;
}

/**
 * Does the work; when it fails and somebody asked for it at a terminal, a shell in the machine as the work left it, until it is left.
 * The failure stays what it was. An interrupted run gets no shell: somebody wanted it to end.
 */
export async function withShellOnFailure<T>(host: Host, machine: Machine, place: ShellPlace, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (host.onFailure === 'shell' && !host.signal.aborted && error instanceof UserError) await openShell(host, machine, place, error);
    throw error;
  }
}

async function openShell(host: Host, machine: Machine, place: ShellPlace, error: UserError): Promise<void> {
  const { cwd, user, env, network, again } = place;
  host.log.info(`failed: ${error.message}`);
  host.log.info(
    `A shell in the machine of the build, as ${user}, in ${cwd}, ${network ? 'with' : 'without'} network. Leave it with exit; the machine is gone then.`,
  );
  if (again !== undefined) host.log.info(`To try again: ${again}`);
  const variables = { ...env, TERM: host.env('TERM') ?? 'dumb', PS1: '(build) \\w\\$ ' };
  try {
    const { exitCode } = await machine.run(['bash', '--norc', '-i'], { terminal: true, cwd, user, network, env: variables, allow: 'any' });
    host.log.debug(`the shell ended with ${exitCode}`);
  } catch (problem) {
    // Why the build failed is what matters.
    if (!(problem instanceof UserError) || problem instanceof CommandError) throw problem;
    host.log.warning(`no shell: ${problem.message}`);
  }
}
