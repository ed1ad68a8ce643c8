import { type Host, UserError } from '@release-kit/action';
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
}

/**
 * The client of @actions/github, loaded when it is first needed.
 *
 * @param permission what the token must have, in words that a workflow's author reads: `contents: write`
 */
export async function githubCalls(host: Host, { repository, token }: GitHubTarget, permission: string): Promise<GitHubCalls> {
  if (token === undefined || token === '') {
    throw new UserError('E_TOKEN', 'there is no GitHub token', {
      cure: `Pass the input github-token (github.token) and give the job the permission ${permission}.`,
    });
  }
  host.mask(token);
  const { getOctokit } = await import('@actions/github');
  const log = { debug: host.log.debug, info: host.log.debug, warn: host.log.debug, error: host.log.debug };
  const octokit = getOctokit(token, { baseUrl: host.github.apiUrl, log, request: { signal: host.signal } });
  const [owner = '', repo = ''] = repository.split('/');
  return {
    at: { owner, repo },
    async call(doing, route, parameters) {
      try {
        return (await octokit.request(route, parameters)).data;
      } catch (error) {
        throw githubError(error, doing, permission);
      }
    },
    async pages(doing, route, parameters) {
      try {
        return await octokit.paginate(route, { ...parameters, per_page: 100 });
      } catch (error) {
        throw githubError(error, doing, permission);
      }
    },
  };
}
