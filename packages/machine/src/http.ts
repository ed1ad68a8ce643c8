import { type Argv, type Host, UserError } from '@release-kit/action';
import type { HttpAnswer } from './machine.ts';

/**
 * Run by our own Node inside the machine's network namespace. Arguments: URL, milliseconds, most bytes of the body.
 * Not fetch(), which refuses some ports; a service may well listen on one of them.
 */
const askScript = `
const [address, limit, most] = [process.argv[1], Number(process.argv[2]), Number(process.argv[3])];
const say = (value) => { process.stdout.write(JSON.stringify(value), () => process.exit(0)); };
setTimeout(() => say({ problem: 'nothing within ' + limit + ' ms' }), limit);
try {
  const url = new URL(address);
  const { get } = require(url.protocol === 'https:' ? 'node:https' : 'node:http');
  get(url, { headers: { connection: 'close' } }, (response) => {
    const chunks = []; let size = 0;
    const done = () => say({ status: response.statusCode, body: Buffer.concat(chunks).subarray(0, most).toString('utf8') });
    response.on('data', (chunk) => { chunks.push(chunk); size += chunk.length; if (size >= most) done(); });
    response.on('end', done);
    response.on('error', (error) => say({ problem: error.message }));
  }).on('error', (error) => say({ problem: error.message || error.code || String(error) }));
} catch (error) { say({ problem: error.message }); }
`;

const mostBytes = 64 * 1024;
/** Milliseconds for Node itself to start and end. */
const allowance = 10_000;

/** See `BootedMachine.http`. `leader` is a process in the machine's network namespace. */
export async function httpInMachine(host: Host, leader: number, url: string, timeoutMs: number): Promise<HttpAnswer> {
  const node = [process.execPath, '--no-warnings', '--eval', askScript, '--', url, String(timeoutMs), String(mostBytes)];
  const argv: Argv = ['setpriv', '--pdeathsig', 'KILL', 'nsenter', '--target', String(leader), '--net', '--', ...node];
  const { stdout } = await host.exec(argv, {
    cwd: '/',
    timeout: timeoutMs + allowance,
    errorCode: 'E_MACHINE',
    failure: 'the machine cannot be asked over its network',
  });
  return readAnswer(stdout, url);
}

/** Reads what the script printed. E_MACHINE with the reason when there was no answer. */
export function readAnswer(text: string, url: string): HttpAnswer {
  const value = parsed(text);
  if (typeof value === 'object' && value !== null) {
    if ('status' in value && 'body' in value && typeof value.status === 'number' && typeof value.body === 'string') {
      return { status: value.status, body: value.body };
    }
    if ('problem' in value && typeof value.problem === 'string') throw new UserError('E_MACHINE', `${url}: no answer: ${value.problem}`);
  }
  throw new UserError('E_MACHINE', `${url}: the answer could not be read`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
