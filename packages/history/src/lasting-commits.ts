import type { ParsedCommit } from './commit.ts';
import { withoutFixups } from './fixup.ts';
import { withoutReverted } from './revert.ts';

/** Which of these SHAs, maybe abbreviated, are commits of the history. */
export interface FindInHistory {
  (shas: readonly string[]): Promise<ReadonlySet<string>>;
  /** Nobody has to be asked; else it is git. */
  readonly isAtHand?: boolean;
}

/**
 * What a release tells of its commits: without fixups of one another, and without what was reverted among them. A SHA that a revert names and that is not
 * among them is looked for in the history, since only then it may be that of a commit before a rebase, which is found by its subject; git is asked where
 * this makes a difference. `commits` newest first.
 */
export async function lastingCommits(commits: readonly ParsedCommit[], findInHistory: FindInHistory): Promise<readonly ParsedCommit[]> {
  const own = withoutFixups(commits);
  const outside = namedOutside(own);
  const ifNone = withoutReverted(own);
  if (outside.length === 0) return ifNone;
  if (
    findInHistory.isAtHand !== true &&
    areSame(
      ifNone,
      withoutReverted(own, () => true),
    )
  )
    return ifNone;
  const found = await findInHistory(outside);
  return found.size === 0 ? ifNone : withoutReverted(own, (sha) => found.has(sha));
}

function areSame(commits: readonly ParsedCommit[], others: readonly ParsedCommit[]): boolean {
  return commits.length === others.length && commits.every((commit, index) => commit === others[index]);
}

/** SHAs that reverts name, but for full ones of the list; each once. */
function namedOutside(commits: readonly ParsedCommit[]): readonly string[] {
  const named = new Set<string>();
  commits.forEach(({ target }) => {
    for (const sha of target?.shas ?? []) named.add(sha);
  });
  if (named.size > 0)
    commits.forEach(({ sha }) => {
      named.delete(sha);
    });
  return [...named];
}
