import { listOf, number, optionalText, text } from './answer-field.ts';
import { field } from './field.ts';
import type { GitHubCalls } from './github-calls.ts';

export interface RemotePull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly isOpen: boolean;
  /** '' of one that was not merged; ISO 8601, so that text order is time order. */
  readonly mergedAt: string;
  /** Branch that it goes into. */
  readonly base: string;
  /** The commit that the merge made; '' when there is none. */
  readonly mergeCommit: string;
}

/** Pull requests of a branch of the repository itself; each call throws E_TOKEN or E_GITHUB. */
export interface PullRequests {
  /** Open and closed ones, newest first, whatever they go into. */
  ofBranch(branch: string): Promise<readonly RemotePull[]>;
  create(fields: PullFields & { readonly branch: string; readonly base: string }): Promise<RemotePull>;
  update(number: number, fields: PullFields): Promise<RemotePull>;
  close(number: number): Promise<void>;
}

export interface PullFields {
  readonly title: string;
  /** GitHub Markdown, at most `maxPullRequestBody` characters. */
  readonly body: string;
}

/** What GitHub takes for the text of a pull request. */
export const maxPullRequestBody = 65_536;

export function pullRequests({ at, call }: GitHubCalls): PullRequests {
  const change = (doing: string, pullNumber: number, fields: object) =>
    call(doing, 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...at, pull_number: pullNumber, ...fields });
  return {
    async ofBranch(branch) {
      // A hundred are years of releases; only the newest ones matter.
      const query = { head: `${at.owner}:${branch}`, state: 'all', sort: 'created', direction: 'desc', per_page: 100 };
      const found = await call('looking for its pull request', 'GET /repos/{owner}/{repo}/pulls', { ...at, ...query });
      return listOf(found, 'pull requests').map(readPull);
    },
    create: async ({ title, body, branch, base }) =>
      readPull(
        await call('opening the pull request', 'POST /repos/{owner}/{repo}/pulls', {
          ...at,
          title,
          body,
          head: branch,
          base,
          maintainer_can_modify: false,
        }),
      ),
    update: async (pullNumber, { title, body }) => readPull(await change('changing the pull request', pullNumber, { title, body })),
    close: async (pullNumber) => void (await change('closing the pull request', pullNumber, { state: 'closed' })),
  };
}

export function readPull(value: unknown): RemotePull {
  return {
    number: number(value, 'number', 'pull request'),
    title: text(value, 'title', 'pull request'),
    body: optionalText(value, 'body'),
    url: text(value, 'html_url', 'pull request'),
    isOpen: text(value, 'state', 'pull request') === 'open',
    base: optionalText(field(value, 'base'), 'ref'),
    mergedAt: optionalText(value, 'merged_at'),
    mergeCommit: optionalText(value, 'merge_commit_sha'),
  };
}
