import { type Git, namedCommits } from '@release-kit/git';
import type { FindInHistory } from '@release-kit/history';
import type { WholeHistory } from './read-history.ts';

/**
 * Finds out which SHAs, maybe abbreviated, are of commits that `end` is or has as ancestors. Others may lie in the checkout too, from before a rebase for
 * example, but in no other checkout: they do not count.
 */
export function historySearch(git: Git, end: string, whole: WholeHistory | undefined): FindInHistory {
  // Behind the cut of a history there are more commits, and a revert rather names one of these than one from before a rebase.
  const isCut = (git.deepened?.boundary.length ?? 0) > 0;
  if (whole !== undefined && !isCut)
    return Object.assign((shas: readonly string[]) => Promise.resolve(namedIn(whole, shas)), { isAtHand: true });
  return async (shas) => {
    const answers = await namedCommits(git, shas);
    const commits = shas.flatMap((sha, index) => {
      const full = answers[index];
      return full === undefined ? [] : [{ sha, full }];
    });
    const there = new Set(commits.map(({ sha }) => sha));
    const missing = isCut ? shas.filter((sha) => !there.has(sha)) : [];
    if (commits.length === 0) return new Set(missing);
    if (whole !== undefined) return new Set([...missing, ...commits.filter(({ full }) => whole.has(full)).map(({ sha }) => sha)]);
    const range = [...commits.map(({ full }) => full), `^${end}`];
    const others = new Set((await git.run(['rev-list', '--stdin'], { stdin: `${range.join('\n')}\n` })).stdout.split('\n'));
    return new Set([...missing, ...commits.filter(({ full }) => !others.has(full)).map(({ sha }) => sha)]);
  };
}

/** An abbreviation stands for a commit where it is the only one of the history. */
function namedIn({ commits, has }: WholeHistory, shas: readonly string[]): ReadonlySet<string> {
  const named = new Set(shas.filter(has));
  const short = shas.filter((sha) => sha.length < (commits[0]?.sha.length ?? 0));
  if (short.length === 0) return named;
  const groups = Map.groupBy(short, (sha) => sha.slice(0, shortest));
  const counts = new Map<string, number>();
  for (const { sha } of commits)
    for (const prefix of groups.get(sha.slice(0, shortest)) ?? [])
      if (sha.startsWith(prefix)) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  for (const [prefix, count] of counts) if (count === 1) named.add(prefix);
  return named;
}

/** Reverts name nothing shorter. */
const shortest = 7;
