import { type Argv, type Host, UserError } from '@release-kit/action';
import type { HttpAnswer } from './machine.ts';

/** Run by our own Node inside the machine's network namespace. Arguments: URL, milliseconds, most bytes of the body. */
const askScript = `
const [url, limit, most] = [process.argv[1], Number(process.argv[2]), Number(process.argv[3])];
const fail = (error) => { console.log(JSON.stringify({ problem: String(error?.cause?.message ?? error?.message ?? error) })); };
fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(limit) }).then(async (response) => {
  const chunks = []; let size = 0;
  for await (const chunk of response.body ?? []) { chunks.push(chunk); size += chunk.length; if (size >= most) break; }
  const body = Buffer.concat(chunks).subarray(0, most).toString('utf8');
  console.log(JSON.stringify({ status: response.status, body }));
}).catch(fail).finally(() => process.exit(0));
`;

const mostBytes = 64 * 1024;

/** See `BootedMachine.http`. */
export async function httpInMachine(host: Host, leader: number, url: string, timeoutMs: number): Promise<HttpAnswer> {
  const argv: Argv = ['setpriv', '--pdeathsig', 'KILL', 'nsenter', '--target', String(leader), '--net', '--', process.execPath,
    '--no-warnings', '--eval', askScript, '--', url, String(timeoutMs), String(mostBytes)];
  const { stdout } = await host.exec(argv, { cwd: '/', timeout: timeoutMs + 5000, errorCode: 'E_MACHINE', failure: 'the machine cannot be asked over its network' });
  return readAnswer(stdout, url);
}

/** Reads what the script printed. E_MACHINE with the reason when there was no answer. */
export function readAnswer(text: string, url: string): HttpAnswer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError('E_MACHINE', `${url}: the answer could not be read`, { cause });
  }
  if (typeof value === 'object' && value !== null) {
    if ('status' in value && 'body' in value && typeof value.status === 'number' && typeof value.body === 'string') return { status: value.status, body: value.body };
    if ('problem' in value && typeof value.problem === 'string') throw new UserError('E_MACHINE', `${url}: no answer: ${value.problem}`);
  }
  throw new UserError('E_MACHINE', `${url}: the answer could not be read`);
}
