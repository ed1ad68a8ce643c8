import { type Host, inertLine, UserError } from '@release-kit/action';
import type { HealthCheck, HttpQuestion } from '@release-kit/config';
import type { BootedMachine } from '@release-kit/machine';
import type { Problem } from '../problem.ts';

/** Milliseconds. */
const pollInterval = 200;
const commandEnvironment = { LC_ALL: 'C.UTF-8' };

/** Asks until the answer is good or the time is over; undefined is good. */
export async function checkHealth(
  host: Host,
  machine: BootedMachine,
  unit: string,
  check: HealthCheck & HttpQuestion,
): Promise<Problem | undefined> {
  const deadline = host.clock.now() + check.within;
  for (;;) {
    const answer = await ask(machine, check.url, Math.max(100, Math.min(check.within, deadline - host.clock.now())));
    if (answer.good) return undefined;
    if (host.clock.now() + pollInterval >= deadline) {
      const message = `${inertLine(unit)}: ${inertLine(check.url)} did not answer well within ${check.within / 1000} s: ${answer.why}`;
      return { category: 'unhealthy', message, ...(answer.body === '' ? {} : { evidence: answer.body }) };
    }
    await host.clock.sleep(pollInterval);
  }
}

interface Answer {
  readonly good: boolean;
  readonly why: string;
  readonly body: string;
}

async function ask(machine: BootedMachine, url: string, timeout: number): Promise<Answer> {
  try {
    const { status, body } = await machine.http(url, timeout);
    return { good: status >= 200 && status < 300, why: `status ${status}`, body: body.slice(0, 2000) };
  } catch (error) {
    // No answer is an answer here; E_MACHINE and E_TIMEOUT say so, anything else is not about the service.
    if (!(error instanceof UserError) || !['E_MACHINE', 'E_TIMEOUT'].includes(error.code)) throw error;
    return { good: false, why: inertLine(error.message), body: '' };
  }
}

/** Runs a command of the configuration as `/bin/sh -c`; undefined is good. */
export async function checkCommand(machine: BootedMachine, command: string, timeout: number): Promise<Problem | undefined> {
  const shown = inertLine(command);
  try {
    const { exitCode, stdout, stderr } = await machine.run(['/bin/sh', '-c', command], { allow: 'any', timeout, env: commandEnvironment });
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
