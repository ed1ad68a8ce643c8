import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listening } from '@release-kit/action/loopback-server';
import { artifactService, type StoredArtifact } from './artifact-service.ts';
import { startBlobStorage } from './blob-storage.ts';
import { cacheService, type StoredCache } from './cache-service.ts';
import { TwirpError } from './twirp-request.ts';

export type { StoredArtifact, StoredCache };

export interface ResultsService extends AsyncDisposable {
  /** What an action's process needs to use the service. */
  readonly env: Readonly<Record<string, string>>;
  /** The same for a run of a workflow by its number: artifacts of other runs are not seen there. */
  envOfRun(run: number): Readonly<Record<string, string>>;
  readonly artifacts: readonly StoredArtifact[];
  readonly caches: readonly StoredCache[];
  readonly damage: ReturnType<typeof artifactService>['damage'];
  readonly expire: ReturnType<typeof artifactService>['expire'];
  /** `ArtifactService/CreateArtifact`, in order. */
  readonly calls: readonly string[];
}

const prefix = '/twirp/github.actions.results.api.v1.';

/** The artifact and cache services of GitHub over their real protocol, with an emulator of Azure Blob Storage behind them. */
export async function startResultsService(): Promise<ResultsService> {
  const storage = await startBlobStorage();
  const services = { ArtifactService: artifactService(storage), CacheService: cacheService(storage) };
  const calls: string[] = [];
  const tokens = new Set<string>();
  const answer = async (request: IncomingMessage): Promise<object> => {
    if (!tokens.has((request.headers.authorization ?? '').replace(/^bearer /i, '')))
      throw new TwirpError(401, 'unauthenticated', 'the token is not that of this run');
    const [service = '', method = ''] = (request.url ?? '').startsWith(prefix) ? (request.url ?? '').slice(prefix.length).split('/') : [];
    calls.push(`${service}/${method}`);
    if (service !== 'ArtifactService' && service !== 'CacheService') throw new TwirpError(404, 'bad_route', `no service ${service}`);
    return services[service].call(method, JSON.parse(await bodyOf(request)));
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => reply(response, 200, body),
      (error: unknown) =>
        error instanceof TwirpError
          ? reply(response, error.status, { code: error.code, msg: error.message })
          : reply(response, 500, { code: 'internal', msg: String(error) }),
    );
  });
  const served = await listening(server);
  const envOfRun = (run: number): Readonly<Record<string, string>> => {
    const token = runtimeToken(run);
    tokens.add(token);
    return { ACTIONS_RESULTS_URL: `http://${served.host}/`, ACTIONS_RUNTIME_TOKEN: token, ACTIONS_CACHE_SERVICE_V2: '1' };
  };
  return {
    artifacts: services.ArtifactService.stored,
    damage: services.ArtifactService.damage,
    expire: services.ArtifactService.expire,
    caches: services.CacheService.stored,
    calls,
    env: envOfRun(1),
    envOfRun,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await storage[Symbol.asyncDispose]();
    },
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** The client reads run and job from the token's scope and checks no signature. */
function runtimeToken(run: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const runId = `11111111-1111-1111-1111-${String(run).padStart(12, '0')}`;
  const scope = `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${runId}:22222222-2222-2222-2222-222222222222`;
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ scp: scope })}.unsigned`;
}
