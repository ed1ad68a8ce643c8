import { type Host, UserError } from '@release-kit/action';
import { field } from './field.ts';
import { githubError } from './github-errors.ts';

export interface GitHubTarget {
  /** `owner/name` */
  readonly repository: string;
  readonly token: string | undefined;
}

/** Calls of GitHub's REST interface; `doing` completes "while …" in what is thrown: E_TOKEN, E_GITHUB and the codes of releases. */
export interface GitHubCalls {
  /** `{ owner, repo }`, the parameters that every route has. */
  readonly at: { readonly owner: string; readonly repo: string };
  call(doing: string, route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** The items of all pages. */
  pages(doing: string, route: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly unknown[]>;
  /** The bytes of a file, as they come. */
  content(doing: string, route: string, parameters: Readonly<Record<string, unknown>>): Promise<AsyncIterable<Uint8Array>>;
}

/**
 * The client of @actions/github, loaded when it is first needed.
 *
 * @param permission what the token must have, in words that a workflow's author reads: `contents: write`
 * @param needs `optional`: what is public may be read without a token
 */
export async function githubCalls(
  host: Host,
  { repository, token }: GitHubTarget,
  permission: string,
  needs: 'token' | 'optional' = 'token',
): Promise<GitHubCalls> {
  const octokit = await clientOf(host, token ?? '', permission, needs);
  const [owner = '', repo = ''] = repository.split('/');
  return {
    at: { owner, repo },
    async call(doing, route, parameters) {
      return (await answered(octokit.request(route, parameters), doing, permission)).data;
    },
    async pages(doing, route, parameters) {
      const items: unknown[] = [];
      for (let page = 1; ; page += 1) {
        const { data, headers } = await answered(octokit.request(route, { ...parameters, per_page: 100, page }), doing, permission);
        const found = listOf(data);
        // A page of a proxy, for example, which comes with 200 as well.
        if (found === undefined) throw new UserError('E_GITHUB', `GitHub's answer is no list while ${doing}`);
        items.push(...found);
        if (found.length === 0 || !/rel="next"/.test(String(headers.link))) return items;
      }
    },
    async content(doing, route, parameters) {
      // GitHub sends on to where the file lies; fetch leaves the token behind when that is another host.
      const headers = { accept: 'application/octet-stream' };
      const request = { parseSuccessResponseBody: false, signal: host.signal };
      const { data } = await answered(octokit.request(route, { ...parameters, headers, request }), doing, permission);
      return piecesOf(data, doing);
    },
  };
}

async function answered<T>(request: Promise<T>, doing: string, permission: string): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw githubError(error, doing, permission);
  }
}

/** A list as it stands, or the one in `{ total_count, check_runs: […] }`. */
function listOf(data: unknown): readonly unknown[] | undefined {
  if (Array.isArray(data)) return data;
  if (typeof field(data, 'total_count') !== 'number') return undefined;
  return Object.values(Object(data)).find((value): value is readonly unknown[] => Array.isArray(value));
}

async function clientOf(host: Host, token: string, permission: string, needs: 'token' | 'optional') {
  const log = { debug: host.log.debug, info: host.log.debug, warn: host.log.debug, error: host.log.debug };
  const options = { baseUrl: host.github.apiUrl, log, request: { signal: host.signal } };
  if (token !== '') {
    host.mask(token);
    const { getOctokit } = await import('@actions/github');
    return getOctokit(token, options);
  }
  if (needs === 'token')
    throw new UserError('E_TOKEN', 'there is no GitHub token', {
      cure: `Pass the input github-token (github.token) and give the job the permission ${permission}.`,
    });
  const { GitHub } = await import('@actions/github/lib/utils');
  return new GitHub(options);
}

async function* piecesOf(data: unknown, doing: string): AsyncIterable<Uint8Array> {
  if (!isIterable(data)) throw new UserError('E_GITHUB', `GitHub's answer has no content while ${doing}`);
  for await (const piece of data) if (piece instanceof Uint8Array) yield piece;
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
