import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listening } from '@release-kit/action/loopback-server';
// By their files: the entry loads what would change node:http for all.
import { fulcioHandler, initializeCA, initializeCTLog } from '@sigstore/mock/dist/fulcio/index.js';
import { initializeTLog, rekorHandler } from '@sigstore/mock/dist/rekor/index.js';
import { initializeTSA, tsaHandler } from '@sigstore/mock/dist/timestamp/index.js';
import { loggedForm } from './logged-form.ts';
import { type TrustedRoot, trustedRootOf } from './trusted-root.ts';

export type SigstoreService = 'fulcio' | 'rekor' | 'timestamp';

/** What a service says in place of its real answer, and whether the request took effect all the same. */
export interface SigstoreFault {
  /** undefined: the connection breaks. */
  readonly status?: number;
  readonly effect?: boolean;
}

export interface FakeSigstore extends AsyncDisposable {
  /** For a runner: the variables that lead release-kit here. Witnessed by the log as at Sigstore's public services, by timestamps as at GitHub's. */
  env(witness?: 'log' | 'timestamps'): Readonly<Record<string, string>>;
  /** Asked before each request, with how many of that service came before. */
  fault: (service: SigstoreService, before: number) => SigstoreFault | undefined;
  readonly requests: Readonly<Record<SigstoreService, number>>;
  /** From now on nothing goes wrong, and requests are counted anew. */
  clear(): void;
  /** What users would verify with. */
  readonly trustedRoot: TrustedRoot;
}

interface Answer {
  readonly status: number;
  readonly body: string | ArrayBufferView;
  readonly type: string;
  readonly location?: string;
}

const services: readonly SigstoreService[] = ['fulcio', 'rekor', 'timestamp'];
const json = (status: number, body: string): Answer => ({ status, body, type: 'application/json' });

/**
 * A Sigstore on loopback by sigstore-js's own mock: Fulcio and its log of certificates, Rekor, a service of timestamps. Rekor knows its entries again, and
 * answers 409 for one that is there already, as the real one does.
 */
export async function startSigstore(): Promise<FakeSigstore> {
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    handle(request, response).catch(() => response.destroy());
  });
  const served = await listening(server);
  const base = `http://${served.host}`;
  const ctlog = await initializeCTLog(newKeys());
  const ca = await initializeCA(newKeys(), ctlog);
  const tsa = await initializeTSA(newKeys());
  const tlog = await initializeTLog(`${base}/rekor`, newKeys());
  const handlers = { fulcio: fulcioHandler(ca), rekor: rekorHandler(tlog), timestamp: tsaHandler(tsa) };
  /** Of Rekor, by the digest of what was asked for. */
  const entries = new Map<string, string>();
  const requests = { fulcio: 0, rekor: 0, timestamp: 0 };
  const sigstore: FakeSigstore = {
    env: (witness = 'log') => ({
      RELEASE_KIT_FULCIO_URL: `${base}/fulcio`,
      ...(witness === 'log'
        ? { RELEASE_KIT_REKOR_URL: `${base}/rekor` }
        : { RELEASE_KIT_TIMESTAMP_URL: `${base}/timestamp/api/v1/timestamp` }),
    }),
    fault: () => undefined,
    requests,
    clear() {
      sigstore.fault = () => undefined;
      for (const service of services) requests[service] = 0;
    },
    trustedRoot: trustedRootOf({ rekor: `${base}/rekor`, ca, ctlog, tlog, tsa }),
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', base);
    const service = services.find((name) => pathname.startsWith(`/${name}/`));
    if (service === undefined) return void response.writeHead(404).end();
    const body = await textOf(request);
    const fault = sigstore.fault(service, requests[service]);
    requests[service] += 1;
    const real = fault === undefined || fault.effect === true ? await answer(service, pathname, body) : json(500, '{}');
    if (fault !== undefined && fault.status === undefined) return void response.destroy();
    const said = fault?.status === undefined ? real : json(fault.status, '{"message":"as the test wants it"}');
    const head = said.location === undefined ? {} : { location: said.location };
    response.writeHead(said.status, { 'content-type': said.type, ...head }).end(bytesOf(said.body));
  }

  async function answer(service: SigstoreService, pathname: string, body: string): Promise<Answer> {
    const asked = /\/entries\/([0-9a-f]+)$/.exec(pathname)?.[1];
    if (asked !== undefined) return json(entries.has(asked) ? 200 : 404, entries.get(asked) ?? '{"message":"not found"}');
    const id = createHash('sha256').update(body).digest('hex');
    if (entries.has(id)) return { ...json(409, '{"message":"there is one already"}'), location: `/api/v1/log/entries/${id}` };
    const { statusCode, response, contentType = 'text/plain' } = await handlers[service].fn(service === 'rekor' ? loggedForm(body) : body);
    if (service === 'rekor' && statusCode === 201) entries.set(id, String(response));
    return { status: statusCode, body: response, type: contentType };
  }

  return sigstore;
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const bytesOf = (content: string | ArrayBufferView): string | Uint8Array => {
  if (typeof content === 'string') return content;
  return ArrayBuffer.isView(content) ? new Uint8Array(content.buffer, content.byteOffset, content.byteLength) : new Uint8Array(content);
};

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
