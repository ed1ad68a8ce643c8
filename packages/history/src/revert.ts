import type { ParsedCommit } from './commit.ts';
import { revertCandidates } from './revert-candidates.ts';
import { effectLedger } from './revert-ledger.ts';

/**
 * Takes out what was reverted inside the list, and the reverts that did it. Going from old to new, a revert puts back what was before the commits that
 * it takes back; of several that touch one commit the newest wins, so that a commit counts again when its revert was reverted. A revert takes back
 *
 * 1. the commits of the SHAs that it names, of an expanded squash all parts;
 * 2. when none of the SHAs is in the list (after a rebase): the commit before it with the quoted subject, and with the number of the pull request if
 *    the revert names one, that came into effect last; that can be one part of an expanded squash.
 *
 * A revert stays in the list when, at the end, it keeps something out that is not in the list: an earlier release has it. So do reverts of merges:
 * which commits those took back cannot be told from a list.
 *
 * `commits` newest first, as git lists them, parts of a squash side by side, the last of its list first; what is left is returned in the same order.
 * Linear time: a revert of more than a thousand commits stays, and what it took back as well.
 *
 * @param isElsewhere whether the history outside the list has a commit of this SHA, maybe abbreviated; a revert of such a one is never paired by its
 *   subject
 */
export function withoutReverted(
  commits: readonly ParsedCommit[],
  isElsewhere: (sha: string) => boolean = () => false,
): readonly ParsedCommit[] {
  if (!commits.some(({ kind }) => kind === 'revert')) return commits;
  const ledger = effectLedger(commits);
  const candidates = revertCandidates(commits, ledger.isInEffect);

  for (let index = commits.length - 1; index >= 0; index -= 1) {
    const commit = commits[index];
    if (commit?.target === undefined) {
      ledger.add(index);
    } else {
      const { shas } = commit.target;
      const named = shas.map((sha) => candidates.bySha(sha));
      const known = named.some((found) => found !== undefined) || shas.some((sha) => ledger.isOutside(sha) || isElsewhere(sha));
      const quoted = known ? undefined : candidates.bySubject(commit.target, commit.type === 'revert');
      if (quoted !== undefined) for (const sha of shas) candidates.alias(sha, quoted);
      // The title of a squash may quote what its parts took back just before.
      if (
        !known &&
        quoted === undefined &&
        commit.part === undefined &&
        candidates.partsOf(index).some((part) => commits[part]?.kind === 'revert')
      ) {
        ledger.addIdle(index);
        continue;
      }
      const outside = quoted !== undefined ? [] : shas.length === 0 ? [''] : shas.filter((_, at) => named[at] === undefined);
      for (const again of ledger.takeBack(index, quoted === undefined ? named : [quoted], outside)) candidates.add(again);
    }
    candidates.add(index);
  }
  return commits.filter((_, index) => ledger.isLeft(index));
}
