import type { ParsedCommit } from './commit.ts';
import { knownTypes } from './header.ts';
import type { IssueReference } from './issue-reference.ts';

/**
 * The pull requests whose titles would say more than their commits do, by the commits' SHA: of commits without a type that anybody knows, and nothing that
 * breaks. What breaks is told in its own words.
 *
 * @param merged from `mergedBy`; what it does not name has its number in its subject, or none
 * @param types that the project knows, in lower case
 */
export function untitledCommits(
  commits: readonly ParsedCommit[],
  merged: ReadonlyMap<string, number>,
  types: ReadonlySet<string> = knownTypes,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { sha, kind, type, breaking, fixupOf, part, pullRequest } of commits) {
    const says = kind === 'revert' || kind === 'merge' || (type !== undefined && types.has(type));
    if (says || breaking !== undefined || fixupOf !== undefined || part !== undefined) continue;
    const number = merged.get(sha) ?? pullRequest;
    if (number !== undefined) numbers.set(sha, number);
  }
  return numbers;
}

/** Lists pull requests in place of their commits: each once, where its newest commit was, with the issues of all. What has no title stays as it is. */
export function byPullRequest(
  commits: readonly ParsedCommit[],
  numbers: ReadonlyMap<string, number>,
  titles: ReadonlyMap<number, string>,
): readonly ParsedCommit[] {
  const issues = new Map<number, IssueReference[]>();
  for (const commit of commits) {
    const number = numbers.get(commit.sha);
    if (number !== undefined) issues.set(number, [...(issues.get(number) ?? []), ...commit.issues]);
  }
  const told = new Set<number>();
  return commits.flatMap((commit) => {
    const number = numbers.get(commit.sha);
    const title = number === undefined ? undefined : titles.get(number)?.trim();
    if (number === undefined || title === undefined || title === '') return [commit];
    if (told.has(number)) return [];
    told.add(number);
    // As GitHub writes the title of a squash: the number becomes a link.
    const subject = `${title} (#${number})`;
    return [{ ...commit, subject, description: subject, pullRequest: number, issues: once(issues.get(number) ?? []) }];
  });
}

/** One that is closed somewhere is closed. */
function once(issues: readonly IssueReference[]): readonly IssueReference[] {
  const known = new Map<string, IssueReference>();
  for (const issue of issues) {
    const key = `${issue.repository ?? ''}#${issue.number}`;
    if (issue.action === 'close' || !known.has(key)) known.set(key, issue);
  }
  return [...known.values()];
}
