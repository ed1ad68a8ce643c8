import { type Host, UserError } from '@release-kit/action';
import type { Git } from '@release-kit/git';
import { pullRequestTitles } from '@release-kit/github';
import { byPullRequest, mergedBy, untitledCommits } from '@release-kit/history';
import type { NextRelease } from './project-history.ts';
import { repositoryOf } from './settings/links.ts';
import type { Settings } from './settings/settings.ts';

/**
 * Lists the pull requests in place of commits without a known type, by their titles; the version stays as the commits say. GitHub is asked with few
 * questions, and when it does not answer, the subjects stand: notes of a release never fail for it, but it is said.
 */
export async function titledRelease(
  next: NextRelease,
  { grammar }: Pick<Settings, 'grammar'>,
  token: string | undefined,
  git: Git,
  host: Host,
): Promise<NextRelease> {
  const { release } = next;
  const numbers = untitledCommits(release.commits, mergedBy(next.nodes), grammar.types);
  const wanted = new Set(numbers.values());
  if (wanted.size === 0) return next;
  try {
    const { titles, left } = await pullRequestTitles(host, { repository: await repositoryOf(git, host), token }, wanted);
    const missing = wanted.size - left - titles.size;
    host.log.info(`Titles of pull requests: ${titles.size}${missing === 0 ? '' : `; ${missing} numbers are no pull requests`}`);
    if (left > 0)
      host.log.warning(`${left} pull requests were not asked for their titles, since that would take too long; their commits are listed`);
    return { ...next, release: { ...release, commits: byPullRequest(release.commits, numbers, titles) } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    host.log.warning(`the titles of ${wanted.size} pull requests are not known, so that their commits are listed: ${error.message}`);
    return next;
  }
}
