import type { IssueReference } from './issue-reference.ts';

/**
 * Which numbers of closing footers are Debian's bugs: `large` those from 100,000 on, which the issues of a repository do not reach and the bugs
 * that are open have long passed; `all` for projects whose repository has no issues of its own; `none`.
 */
export type DebianBugs = 'large' | 'all' | 'none';

const least: Readonly<Record<DebianBugs, number>> = { large: 100_000, all: 1, none: Number.POSITIVE_INFINITY };

/** Whether a footer closes a bug of Debian. */
export function isDebianBug({ action, repository, number }: IssueReference, bugs: DebianBugs): boolean {
  return action === 'close' && repository === undefined && number >= least[bugs] && number < 1e9;
}
