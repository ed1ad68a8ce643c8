import type { ParsedCommit } from './commit.ts';
import { commitsBySha, commitsBySubject } from './revert-index.ts';

export { isGitRevert, revertTarget } from './revert-target.ts';

/**
 * Takes out every commit that was reverted inside the list, together with its revert. Going from new to old, a revert
 * that was itself reverted has no effect, so what it took back counts again. A revert is paired
 *
 * 1. with the commits of the SHAs that it names, all parts of an expanded squash at once; one of them that is out
 *    already needs no second entry. When others of them are not in the list, the revert stays for their sake.
 * 2. when none of the SHAs is in the list (after a rebase), with the newest commit before it that has the quoted
 *    subject, and the number of the pull request if the revert names one; that can be one part of an expanded squash.
 *
 * Reverts of commits outside the list stay, and so do reverts of merges: which commits those took back cannot be told
 * from a list.
 *
 * `commits` newest first, as git lists them, parts of a squash side by side, the last of its list first; what is left
 * is returned in the same order. Linear time.
 *
 * @param isElsewhere whether the history outside the list has a commit of this SHA, maybe abbreviated; a revert of such
 *   a one is never paired by its subject, so that it stays
 */
export function withoutReverted(
  commits: readonly ParsedCommit[],
  isElsewhere: (sha: string) => boolean = () => false,
): readonly ParsedCommit[] {
  const gone = new Set<number>();
  const bySha = commitsBySha(commits);
  const bySubject = commitsBySubject(commits, gone);

  for (const [index, { kind, type, target }] of commits.entries()) {
    if (kind !== 'revert' || target === undefined || gone.has(index)) continue;
    const named = target.shas.map((sha) => bySha(sha, index));
    if (named.some((found) => found !== undefined)) {
      for (const found of named) if (Array.isArray(found)) for (const other of found) gone.add(other);
      if (named.every((found) => Array.isArray(found))) gone.add(index);
      continue;
    }
    if (target.shas.some(isElsewhere)) continue;
    const found = bySubject(target, index, type === 'revert');
    const commit = found === undefined ? undefined : commits[found.index];
    if (found === undefined || commit === undefined || commit.kind === 'merge') continue;
    const whole = found.isWhole ? bySha(commit.sha, index) : undefined;
    for (const other of Array.isArray(whole) ? whole : [found.index]) gone.add(other);
    gone.add(index);
  }
  return commits.filter((_, index) => !gone.has(index));
}
