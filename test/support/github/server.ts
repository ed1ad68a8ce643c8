import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, asDescribed, notFound } from './answer.ts';
import { apiRoutes } from './api-routes.ts';
import type { Call } from './call.ts';
import { describeRequest, describeResponse, type Match } from './description.ts';
import type { Fault, FaultScript } from './fault-script.ts';
import { laggingLists } from './lagging-lists.ts';
import { type Limits, rateLimits } from './rate-limits.ts';
import { releaseList } from './release-routes.ts';
import { assetBody, type FakeRelease, type Places, releaseLimits } from './releases.ts';
import { addRelease, type RepositoryState, repositoryState } from './repository-state.ts';
import { send } from './sending.ts';
import { accessOf, type Guard } from './token-access.ts';
import { receive, type UploadBody } from './upload-body.ts';
import { answerWeb } from './web-routes.ts';

export type { Call } from './call.ts';

export interface FakeGitHub extends AsyncDisposable, RepositoryState, Guard {
  /** For GITHUB_API_URL. */
  readonly url: string;
  /** On loopback. */
  readonly port: number;
  readonly calls: Call[];
  /** Where a request or an answer breaks GitHub's own description; a test expects none. */
  readonly violations: string[];
  /** What goes wrong, request by request. */
  script: FaultScript;
  /** Asked before each call; an answer is given in place of the real one, which does not happen. */
  fault: (call: Call) => Answer | undefined;
  /** Asked after each call took effect; an answer replaces the one that the client would get, as when a reply is lost. */
  lostReply: (call: Call) => Answer | undefined;
  /** What the storage of assets sends in place of the bytes. */
  tamper: (bytes: Uint8Array) => Uint8Array;
  anonymous: boolean;
  /** Milliseconds by which lists are behind what was written. */
  lag: number;
  /** Milliseconds that each request takes at least. */
  latency: number;
  readonly limits: Limits;
  /** Calls that came before a refusal said that they may. */
  readonly impatient: number;
  /** The most there were at a time. */
  readonly most: { readonly requests: number; readonly uploads: number };
  addRelease(release: Partial<FakeRelease>): FakeRelease;
}

export interface FakeGitHubOptions {
  /** `owner/name` */
  readonly repository?: string;
  /** Milliseconds since 1970, for limits and lag. */
  readonly now?: () => number;
  /** Laid out as an Enterprise Server: the interface in `/api/v3`, uploads in `/api/uploads`. */
  readonly enterprise?: boolean;
  /** How clients call it who come through a proxy, such as `http://github.example.org`; left out: by its port on loopback. */
  readonly publicUrl?: string;
}

/** A client that reads a large file before it sends it finds its connection still there, as with GitHub; Node's own five seconds are too short. */
const keepAliveMilliseconds = 60_000;

/**
 * A stand-in for the part of GitHub's REST interface that releases need, on loopback. README.md says what it is true to.
 * Requests and answers are checked against GitHub's OpenAPI description.
 */
export async function startFakeGitHub({
  repository = 'owner/project',
  now = Date.now,
  enterprise = false,
  publicUrl,
}: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const state = repositoryState(repository);
  const calls: Call[] = [];
  const violations: string[] = [];
  const limits: Limits = {};
  const counted = rateLimits(now, limits);
  const answerApi = apiRoutes(counted);
  const most = { requests: 0, uploads: 0 };
  const running = { requests: 0, uploads: 0 };
  const closing = new AbortController();
  const server = createServer((request, response) => {
    // Somebody who goes away before the answer is nothing special.
    response.on('error', () => undefined);
    handle(request, response).catch((error: unknown) => {
      violations.push(`the stand-in failed: ${String(error)}`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = keepAliveMilliseconds;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const base = publicUrl ?? `http://127.0.0.1:${port}`;
  const places: Places = {
    base,
    repository,
    ...(enterprise ? { api: `${base}/api/v3`, uploads: `${base}/api/uploads` } : { api: base, uploads: `${base}/uploads` }),
  };

  const github: FakeGitHub = {
    ...state,
    url: places.api,
    port,
    calls,
    violations,
    limits,
    most,
    tokens: new Map(),
    anonymous: false,
    script: () => undefined,
    fault: () => undefined,
    lostReply: () => undefined,
    tamper: (bytes) => bytes,
    lag: 0,
    latency: 0,
    get impatient() {
      return counted.impatient;
    },
    addRelease: (given) => addRelease(state, given),
    async [Symbol.asyncDispose]() {
      closing.abort();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  const lists = laggingLists(now, () => github.lag);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', base);
    const { anonymous, tamper } = github;
    if (answerWeb(request, response, url, { state, base, anonymous, tamper, violations })) return;
    const isUpload = `${url.origin}${url.pathname}`.startsWith(`${places.uploads}/`);
    const kinds = isUpload ? (['requests', 'uploads'] as const) : (['requests'] as const);
    for (const kind of kinds) {
      running[kind] += 1;
      most[kind] = Math.max(most[kind], running[kind]);
    }
    try {
      await handleCall(request, response, url, isUpload);
    } finally {
      for (const kind of kinds) running[kind] -= 1;
    }
  }

  async function handleCall(request: IncomingMessage, response: ServerResponse, url: URL, isUpload: boolean): Promise<void> {
    const method = request.method ?? 'GET';
    const body = isUpload ? undefined : parsed((await receive(request)).bytes);
    const path = url.pathname.slice(new URL(isUpload ? places.uploads : places.api).pathname.replace(/\/$/, '').length);
    const { match, problems } = describeRequest(method, path, url.searchParams, body);
    violations.push(...problems);
    const { authorization } = request.headers;
    const head = { method, url: `${url.pathname}${url.search}`, operation: match?.id ?? '', authorization, body };
    const call: Call = { ...head, at: now(), answered: undefined };
    calls.push(call);
    const answered = github.fault(call);
    const fault = answered === undefined ? github.script(call) : { answer: answered };
    // Whoever is still waiting when the stand-in goes waits no longer.
    await sleep(github.latency + (fault?.delay ?? 0), undefined, { signal: closing.signal }).catch(() => undefined);
    const upload = isUpload && fault?.reset !== 'before' ? await received(request, fault, call) : undefined;
    const real = hasEffect(fault, isUpload) ? answer(call, match, request, url, upload) : undefined;
    const { reset } = fault ?? {};
    if (reset !== undefined && reset !== 'half-answer') {
      call.answered = 'reset';
      response.destroy();
      return;
    }
    const sent = fault?.answer ?? (real === undefined ? notFound : (github.lostReply(call) ?? real));
    call.answered = reset === undefined ? sent.status : 'reset';
    await send(response, { ...sent, headers: { ...counted.headers(), ...sent.headers } }, fault);
  }

  async function received(request: IncomingMessage, fault: Fault | undefined, { url }: Call): Promise<UploadBody | undefined> {
    const announced = Number(request.headers['content-length'] ?? Number.NaN);
    // Refused by its length alone.
    if (announced >= releaseLimits.assetBytes) return undefined;
    const upload = await receive(request, fault?.reset === 'half' ? Math.ceil(announced / 2) : Infinity);
    if (upload.whole && announced !== upload.size) violations.push(`${url} says content-length ${announced} for ${upload.size} bytes`);
    return upload;
  }

  function answer(call: Call, match: Match | undefined, { headers }: IncomingMessage, url: URL, upload: UploadBody | undefined): Answer {
    const { method, operation, authorization, body } = call;
    const limited = operation === 'rate-limit/get' ? undefined : counted.refused(method, running.requests);
    const { refused, seesDrafts } = accessOf(authorization, method, operation, github);
    if (method !== 'GET') lists.remember(allLists());
    const path = match?.path ?? {};
    const real = limited ?? refused ?? answerApi(operation, { state, places, lists, path, url, headers, body, upload, seesDrafts });
    if (match !== undefined) violations.push(...describeResponse(match.id, real.status, asDescribed(real.body)));
    return real;
  }

  function allLists(): ReadonlyMap<string, readonly object[]> {
    if (github.lag === 0) return new Map();
    const assets = state.releases.map(
      (release) => [`assets of ${release.id}`, release.assets.map((asset) => assetBody(asset, release, places))] as const,
    );
    return new Map([['releases', releaseList(state, places)], ...assets]);
  }

  return github;
}

/** Faults that stand in for the answer keep a request from happening, unless they say otherwise; so does a connection that breaks early. */
function hasEffect(fault: Fault | undefined, isUpload: boolean): boolean {
  if (fault === undefined || fault.effect === true) return true;
  if (fault.reset === 'before') return false;
  if (fault.reset === 'half') return isUpload;
  return fault.answer === undefined;
}

function parsed(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
