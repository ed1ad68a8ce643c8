import { type ExecResult, inertLine, UserError } from '@release-kit/action';
import type { HealthQuestion, HttpQuestion } from '@release-kit/config';
import type { BootedMachine, HttpTrust } from '@release-kit/machine';
import { connectArgv, judgeConnection } from './connection.ts';
import { judgeHttp } from './http-verdict.ts';
import { fileArgv, judgeCommand, judgeFile, judgeLog, judgeState, logArgv, stateArgv } from './inside.ts';
import { listenersOf } from './listener.ts';
import { type HealthVerdict, refused, unhealthy } from './verdict.ts';

const environment = { LC_ALL: 'C.UTF-8' };
/** Milliseconds that a busy machine may take to start a command and to tell its end. */
const allowance = 5000;

/** One try of a check. `time`: milliseconds that it may take. */
export async function ask(machine: BootedMachine, question: HealthQuestion, time: number): Promise<HealthVerdict> {
  try {
    return await answer(machine, question, time);
  } catch (error) {
    // No answer is an answer here, and these codes say so; anything else is not about what was asked.
    if (!(error instanceof UserError) || !['E_MACHINE', 'E_TIMEOUT'].includes(error.code)) throw error;
    if (error.code === 'E_TIMEOUT') return unhealthy(`it was not done after ${(time + allowance) / 1000} s`);
    const why = error.message.replace(/^\S+: no answer: /, '');
    return /\bECONNREFUSED\b/.test(why) ? refused : unhealthy(inertLine(`no answer: ${why}`));
  }
}

async function answer(machine: BootedMachine, question: HealthQuestion, time: number): Promise<HealthVerdict> {
  const run = (argv: Parameters<BootedMachine['run']>[0], user?: string): Promise<ExecResult> =>
    machine.run(argv, { allow: 'any', timeout: time + allowance, env: environment, ...(user === undefined ? {} : { user }) });
  switch (question.kind) {
    case 'http':
      return judgeHttp(question, await machine.http(question.url, time, await trustOf(machine, question)));
    case 'tcp':
    case 'unix':
      return judgeConnection(question, await run(connectArgv(question, time)));
    case 'command':
      return judgeCommand(question, await run(['/bin/sh', '-c', question.command], question.user));
    case 'unit':
      return judgeState(question, await run(stateArgv(question)));
    case 'file':
      return judgeFile(await run(fileArgv(question)));
    case 'log':
      return judgeLog(question, await run(logArgv(question)));
  }
}

/** Where Debian's ca-certificates puts what a system trusts. */
const systemAuthorities = '/etc/ssl/certs/ca-certificates.crt';

async function trustOf(machine: BootedMachine, { url, tls }: HttpQuestion): Promise<HttpTrust | undefined> {
  if (!url.startsWith('https:')) return undefined;
  if (tls === 'any') return {};
  const file = tls.ca ?? systemAuthorities;
  const { exitCode, stdout } = await machine.run(['head', '--bytes=1000000', '--', file], { allow: 'any', timeout: 30_000 });
  if (exitCode !== 0 && tls.ca !== undefined)
    throw new UserError('E_MACHINE', `${url}: no answer: the file of tls.ca, ${tls.ca}, cannot be read in the machine`);
  return { certificates: stdout, ...(tls.name === undefined ? {} : { name: tls.name }) };
}

/** Who listens, where the address that was asked for has nobody; empty for other checks. Inert. */
export async function listenersBeside(machine: BootedMachine, question: HealthQuestion): Promise<string> {
  if (question.kind !== 'http' && question.kind !== 'tcp') return '';
  const { stdout } = await machine.run(['cat', '/proc/net/tcp', '/proc/net/tcp6'], { allow: 'any', timeout: 30_000 });
  const found = listenersOf(stdout).slice(0, 20);
  return found.length === 0 ? 'nobody listens on any port' : `these ports are listened on: ${found.join(', ')}`;
}
