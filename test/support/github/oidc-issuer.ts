import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

/** Claims of a token, such as `{ repository: 'owner/project', ref: 'refs/tags/v1' }`. */
export type Claims = Readonly<Record<string, string | number>>;

export interface OidcIssuer extends AsyncDisposable {
  /** The issuer's name, under which its keys are found. */
  readonly url: string;
  /** What a job gets that has `id-token: write`. */
  readonly env: Readonly<Record<'ACTIONS_ID_TOKEN_REQUEST_URL' | 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', string>>;
  /** The same for one job, whose tokens hold these claims besides those of the issuer. */
  envOfJob(claims: Claims): OidcIssuer['env'];
  /** The audiences that were asked for, in order. */
  readonly audiences: readonly string[];
}

export interface OidcOptions {
  readonly claims?: Claims;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The issuer of a job's identity: discovery, keys, and tokens signed by RS256 that are good for five minutes. */
export async function startOidcIssuer({ claims = {}, now = Date.now }: OidcOptions = {}): Promise<OidcIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const audiences: string[] = [];
  const jobs = new Map<string, Claims>();
  const server = createServer((request, response) => {
    const { status = 200, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  function answer(request: IncomingMessage): { readonly status?: number; readonly body: object } {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    if (pathname === '/.well-known/openid-configuration')
      return {
        body: {
          issuer: url,
          jwks_uri: `${url}/.well-known/jwks`,
          id_token_signing_alg_values_supported: ['RS256'],
          response_types_supported: ['id_token'],
          subject_types_supported: ['public'],
        },
      };
    if (pathname === '/.well-known/jwks')
      return { body: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] } };
    if (pathname !== '/token') return { status: 404, body: { message: 'Not Found' } };
    const job = jobs.get((request.headers.authorization ?? '').replace(/^bearer /i, ''));
    if (job === undefined) return { status: 401, body: { message: 'Bad credentials' } };
    const audience = searchParams.get('audience') ?? 'https://github.com/owner';
    audiences.push(audience);
    return { body: { value: tokenFor(audience, job) } };
  }

  function tokenFor(audience: string, job: Claims): string {
    const seconds = Math.floor(now() / 1000);
    const known: Claims = { ...claims, ...job };
    const subject = `repo:${known['repository'] ?? 'owner/project'}:ref:${known['ref'] ?? 'refs/heads/main'}`;
    const payload = { sub: subject, ...known, iss: url, aud: audience, iat: seconds, nbf: seconds, exp: seconds + 300 };
    const parts = [{ typ: 'JWT', alg: 'RS256', kid: 'one' }, payload].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const signature = createSign('sha256').update(parts.join('.')).sign(privateKey, 'base64url');
    return [...parts, signature].join('.');
  }

  function envOfJob(job: Claims): OidcIssuer['env'] {
    const requestToken = `a-token-of-the-job-${jobs.size + 1}`;
    jobs.set(requestToken, job);
    // The client of GitHub's toolkit adds `&audience=`, so that a query has to be there.
    return { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken };
  }

  return {
    url,
    audiences,
    env: envOfJob({}),
    envOfJob,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
