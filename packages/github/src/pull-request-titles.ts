import type { Host } from '@release-kit/action';
import { listOf, number, text } from './answer-field.ts';
import { type GitHubCalls, type GitHubTarget, githubCalls } from './github-calls.ts';
import { isMissing } from './github-errors.ts';

/** What GitHub calls pull requests; each is a stranger's text. */
export interface AskedTitles {
  readonly titles: ReadonlyMap<number, string>;
  /** How many were not asked for, since that would have been too many questions. */
  readonly left: number;
}

/** Questions of one run: a job's token has a thousand an hour, for all jobs together. */
const maxCalls = 100;
const perPage = 100;

/**
 * The titles of pull requests by their numbers, with few questions: a page of the newest closed ones tells a hundred, so pages are read while each
 * of them tells more than one; the rest is asked one by one. Numbers that are no pull request are not in the answer. E_TOKEN, E_GITHUB.
 */
export async function pullRequestTitles(host: Host, target: GitHubTarget, numbers: Iterable<number>): Promise<AskedTitles> {
  const wanted = new Set(numbers);
  const titles = new Map<number, string>();
  if (wanted.size === 0) return { titles, left: 0 };
  const calls = await githubCalls(host, target, 'pull-requests: read', 'optional');
  let asked = 0;
  for (let page = 1; wanted.size > 1 && asked < maxCalls; page += 1) {
    const found = await closedPulls(calls, page);
    asked += 1;
    const told = found.filter(({ id }) => wanted.delete(id));
    for (const { id, title } of told) titles.set(id, title);
    if (told.length < 2 || found.length < perPage) break;
  }
  for (const id of [...wanted].sort((a, b) => b - a)) {
    if (asked >= maxCalls) break;
    asked += 1;
    wanted.delete(id);
    const title = await titleOf(calls, id);
    if (title !== undefined) titles.set(id, title);
  }
  return { titles, left: wanted.size };
}

async function closedPulls({ at, call }: GitHubCalls, page: number): Promise<readonly { id: number; title: string }[]> {
  const query = { state: 'closed', sort: 'updated', direction: 'desc', per_page: perPage, page };
  const found = await call('reading the titles of pull requests', 'GET /repos/{owner}/{repo}/pulls', { ...at, ...query });
  return listOf(found, 'pull requests').map(titled);
}

async function titleOf({ at, call }: GitHubCalls, id: number): Promise<string | undefined> {
  try {
    return titled(await call(`reading the title of #${id}`, 'GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...at, pull_number: id }))
      .title;
  } catch (error) {
    // The number may be an issue's, or of another repository.
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const titled = (value: unknown): { id: number; title: string } => ({
  id: number(value, 'number', 'pull request'),
  title: text(value, 'title', 'pull request'),
});
