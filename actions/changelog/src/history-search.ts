import { type Git, namedCommits } from '@release-kit/git';
import type { FindInHistory } from '@release-kit/history';
import type { WholeHistory } from './read-history.ts';

/**
 * Finds out which SHAs, maybe abbreviated, are of commits that `end` is or has as ancestors. Others may lie in the checkout too, from before a rebase for
 * example, but in no other checkout: they do not count.
 */
export function historySearch(git: Git, end: string, whole: WholeHistory | undefined): FindInHistory {
  return async (shas) => {
    const answers = await namedCommits(git, shas);
    // Behind the cut of a history there are more commits, and a revert rather names one of these than one from before a rebase.
    const isCut = (git.deepened?.boundary.length ?? 0) > 0;
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
