import { type Argv, type Host, jsonIn, UserError } from '@release-kit/action';
import type { Certificate, HttpAnswer, HttpTrust } from './http-answer.ts';

/**
 * Run by our own Node inside the machine's network namespace. Arguments: URL, milliseconds, most bytes of the body, name in the
 * certificate; standard input: certificates to trust, in PEM. Not fetch(), which refuses some ports; a service may well listen on one
 * of them. A certificate that is not right is told beside the answer, and what there is to know about it.
 */
const askScript = `
const [address, limit, most, name] = [process.argv[1], Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const say = (value) => { process.stdout.write(JSON.stringify(value), () => process.exit(0)); };
setTimeout(() => say({ problem: 'nothing within ' + limit + ' ms' }), limit);
const text = (value) => [].concat(value === undefined ? '' : value).join(', ');
const certificateOf = (socket) => {
  const { subject = {}, issuer = {}, subjectaltname, valid_from, valid_to } = socket.getPeerCertificate();
  const said = { subject: text(subject.CN), issuer: text(issuer.CN), names: text(subjectaltname), from: text(valid_from), to: text(valid_to) };
  const { authorizationError: error } = socket;
  return error ? { problem: error.code || String(error), ...said } : said;
};
try {
  const url = new URL(address);
  const secure = url.protocol === 'https:';
  const { get } = require(secure ? 'node:https' : 'node:http');
  const ca = secure ? require('node:fs').readFileSync(0, 'utf8') : '';
  const trust = secure ? { rejectUnauthorized: false, ca: ca === '' ? [] : ca, ...(name ? { servername: name } : {}) } : {};
  get(url, { headers: { connection: 'close' }, ...trust }, (response) => {
    const chunks = []; let size = 0;
    const certificate = secure ? { certificate: certificateOf(response.socket) } : {};
    const headers = Object.entries(response.headers).map(([key, value]) => [key, text(value)]);
    const done = () => say({ status: response.statusCode, headers, body: Buffer.concat(chunks).subarray(0, most).toString('utf8'), ...certificate });
    response.on('data', (chunk) => { chunks.push(chunk); size += chunk.length; if (size >= most) done(); });
    response.on('end', done);
    response.on('error', (error) => say({ problem: error.message }));
  }).on('error', (error) => say({ problem: error.message || error.code || String(error) }));
} catch (error) { say({ problem: error.message }); }
`;

const mostBytes = 64 * 1024;
/** Milliseconds for Node itself to start and end. */
const allowance = 10_000;
/** A bundle of all authorities of the world has 250 KB. */
const mostTrusted = 1024 * 1024;

/** See `BootedMachine.http`. `leader` is a process in the machine's network namespace. */
export async function httpInMachine(
  host: Host,
  leader: number,
  url: string,
  timeoutMs: number,
  { certificates = '', name = '' }: HttpTrust = {},
): Promise<HttpAnswer> {
  if (Buffer.byteLength(certificates) > mostTrusted)
    throw new UserError('E_MACHINE', `${url} cannot be asked: the certificates to trust have more than ${mostTrusted} bytes`);
  const node = [process.execPath, '--no-warnings', '--eval', askScript, '--', url, String(timeoutMs), String(mostBytes), name];
  const argv: Argv = ['setpriv', '--pdeathsig', 'KILL', 'nsenter', '--target', String(leader), '--net', '--', ...node];
  const { stdout } = await host.exec(argv, {
    cwd: '/',
    stdin: certificates,
    timeout: timeoutMs + allowance,
    errorCode: 'E_MACHINE',
    failure: 'the machine cannot be asked over its network',
  });
  return readAnswer(stdout, url);
}

/** Reads what the script printed. E_MACHINE with the reason when there was no answer. */
export function readAnswer(text: string, url: string): HttpAnswer {
  const value = jsonIn(text);
  if (typeof value === 'object' && value !== null) {
    if ('status' in value && 'body' in value && typeof value.status === 'number' && typeof value.body === 'string') {
      const headers = 'headers' in value ? headersOf(value.headers) : new Map<string, string>();
      const certificate = 'certificate' in value ? certificateOf(value.certificate) : undefined;
      if (headers !== undefined && !('certificate' in value && certificate === undefined))
        return { status: value.status, headers, body: value.body, ...(certificate === undefined ? {} : { certificate }) };
    }
    if ('problem' in value && typeof value.problem === 'string') throw new UserError('E_MACHINE', `${url}: no answer: ${value.problem}`);
  }
  throw new UserError('E_MACHINE', `${url}: the answer could not be read`);
}

function headersOf(value: unknown): ReadonlyMap<string, string> | undefined {
  if (!Array.isArray(value)) return undefined;
  const headers = new Map<string, string>();
  for (const pair of value) {
    const [key, text]: readonly unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof key !== 'string' || typeof text !== 'string') return undefined;
    headers.set(key, text);
  }
  return headers;
}

function certificateOf(value: unknown): Certificate | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
  const text = (key: string): string => String(fields.get(key) ?? '');
  const certificate = { subject: text('subject'), issuer: text('issuer'), names: text('names'), from: text('from'), to: text('to') };
  return fields.has('problem') ? { problem: text('problem'), ...certificate } : certificate;
}
