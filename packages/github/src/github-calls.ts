import { type Host, inertLine, UserError } from '@release-kit/action';
import { contentOf } from './broken-answer.ts';
import { field } from './field.ts';
import { githubError } from './github-errors.ts';
import { grantOf, lacksScope } from './permission-advice.ts';
import { type RequestScheduler, type ScheduledRequest, schedulerOf } from './request-scheduler.ts';
import { watchedPieces } from './stall-watch.ts';

export interface GitHubTarget {
  /** `owner/name` */
  readonly repository: string;
  readonly token: string | undefined;
  /** What the same token has to do later: a personal one whose scopes do not reach is refused at once. */
  readonly later?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Sends one request; throws what the client of @actions/github throws. */
export type Ask = (route: string, fields: Fields) => Promise<unknown>;

/** A request that is put together by hand: a file's bytes, for example. */
export interface OwnRequest<T> extends Pick<ScheduledRequest<T>, 'doing' | 'kind' | 'timeout'> {
  readonly send: (ask: Ask, signal: AbortSignal) => Promise<T>;
}

/**
 * Calls of GitHub's REST interface, all by the scheduler of the run; `doing` completes "while …" in what is thrown: E_TOKEN, E_GITHUB, E_RATE and
 * the codes of releases. What only reads is sent again after an outage; of a change that ended so, `isUncertain` is true.
 */
export interface GitHubCalls {
  /** `{ owner, repo }`, the parameters that every route has. */
  readonly at: { readonly owner: string; readonly repo: string };
  readonly scheduler: RequestScheduler;
  call(doing: string, route: string, parameters: Fields): Promise<unknown>;
  /** The items of all pages. */
  pages(doing: string, route: string, parameters: Fields): Promise<readonly unknown[]>;
  /** The bytes of a file, as they come. */
  content(doing: string, route: string, parameters: Fields): Promise<AsyncIterable<Uint8Array>>;
  send<T>(request: OwnRequest<T>): Promise<T>;
}

/**
 * The client of @actions/github, loaded when it is first needed.
 *
 * @param permission what the token must have, in words that a workflow's author reads: `contents: write`
 * @param needs `optional`: what is public may be read without a token
 */
export async function githubCalls(
  host: Host,
  { repository, token, later }: GitHubTarget,
  permission: string,
  needs: 'token' | 'optional' = 'token',
): Promise<GitHubCalls> {
  const octokit = await clientOf(host, token ?? '', permission, needs);
  const scheduler = schedulerOf(host);
  const [owner = '', repo = ''] = repository.split('/');
  const send = async <T>({ send: sendOnce, ...request }: OwnRequest<T>): Promise<T> => {
    try {
      return await scheduler.run({ ...request, send: (signal) => sendOnce((route, fields) => octokit.request(route, fields), signal) });
    } catch (error) {
      throw githubError(error, request.doing, permission);
    }
  };
  /** The answer, with content that can be used. */
  const answer = (doing: string, route: string, parameters: Fields): Promise<unknown> => {
    const method = route.replace(/ .*$/s, '');
    return send({
      doing,
      kind: method === 'GET' ? 'read' : 'change',
      async send(ask, signal) {
        const found = await ask(route, { ...parameters, request: { signal } });
        contentOf(found, method);
        refuseScopes(later ?? permission, field(field(found, 'headers'), 'x-oauth-scopes'));
        return found;
      },
    });
  };
  return {
    at: { owner, repo },
    scheduler,
    send,
    call: async (doing, route, parameters) => field(await answer(doing, route, parameters), 'data'),
    async pages(doing, route, parameters) {
      const items: unknown[] = [];
      for (let page = 1; ; page += 1) {
        const found = await answer(doing, route, { ...parameters, per_page: 100, page });
        const list = listOf(field(found, 'data'));
        // Of a proxy, for example.
        if (list === undefined) throw new UserError('E_GITHUB', `GitHub's answer is no list while ${doing}`);
        items.push(...list);
        if (list.length === 0 || !/rel="next"/.test(String(field(field(found, 'headers'), 'link')))) return items;
      }
    },
    async content(doing, route, parameters) {
      const { stall } = scheduler.limits;
      const ending = new AbortController();
      // GitHub sends on to where the file lies; fetch leaves the token behind when that is another host.
      const headers = { accept: 'application/octet-stream' };
      const found = await send({
        doing,
        kind: 'read',
        send: (ask, signal) => {
          const both = AbortSignal.any([signal, ending.signal]);
          return ask(route, { ...parameters, headers, request: { parseSuccessResponseBody: false, signal: both } });
        },
      });
      const data = field(found, 'data');
      if (!isIterable(data)) throw new UserError('E_GITHUB', `GitHub's answer has no content while ${doing}`);
      return watchedPieces(data, stall, ending, (error) => {
        host.signal.throwIfAborted();
        const why = inertLine(String(field(error, 'message') ?? error)).slice(0, 200);
        return new UserError('E_GITHUB', `GitHub's answer broke off (${why}) while ${doing}`, { cause: error });
      });
    },
  };
}

/** A list as it stands, or the one in `{ total_count, check_runs: […] }`. */
function listOf(data: unknown): readonly unknown[] | undefined {
  if (Array.isArray(data)) return data;
  if (typeof field(data, 'total_count') !== 'number') return undefined;
  return Object.values(Object(data)).find((value): value is readonly unknown[] => Array.isArray(value));
}

function refuseScopes(permission: string, scopes: unknown): void {
  if (!lacksScope(permission, scopes)) return;
  const has = scopes === '' ? 'no scope' : `only the scopes ${inertLine(String(scopes))}`;
  throw new UserError('E_TOKEN', `the personal access token has ${has}, which is not enough for ${permission}`, {
    cure: `Give it the scope repo (public_repo for a public repository), or pass github.token and ${grantOf(permission)}`,
  });
}

async function clientOf(host: Host, token: string, permission: string, needs: 'token' | 'optional') {
  const log = { debug: host.log.debug, info: host.log.debug, warn: host.log.debug, error: host.log.debug };
  const options = { baseUrl: host.github.apiUrl, log };
  if (token !== '') {
    host.mask(token);
    const { getOctokit } = await import('@actions/github');
    return getOctokit(token, options);
  }
  if (needs === 'token')
    throw new UserError('E_TOKEN', 'there is no GitHub token', {
      cure: `Pass the input github-token (github.token), and ${grantOf(permission)}`,
    });
  const { GitHub } = await import('@actions/github/lib/utils');
  return new GitHub(options);
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
