import type { ParsedCommit, RevertTarget } from './commit.ts';

const quoted = /^(?:Revert|Reapply) "(.*)"(?: \(#\d+\))?$/s;
const revertedSha = /\bThis reverts commit ([0-9a-f]{7,64})\b/;
const refsSha = /^Refs: ([0-9a-f]{7,64})\b/m;

/** git's own headers; a `revert:` header is told by its type. */
export function isGitRevert(subject: string): boolean {
  return quoted.test(subject);
}

/** What a revert takes back, as its header and body say. */
export function revertTarget(subject: string, description: string, body: string): RevertTarget {
  const sha = revertedSha.exec(body)?.[1] ?? refsSha.exec(body)?.[1];
  return { sha, subject: revertedSubject(subject) ?? description };
}

function revertedSubject(subject: string): string | undefined {
  const inner = quoted.exec(subject)?.[1];
  if (inner === undefined) return undefined;
  // `Reapply "x"` is what git calls the revert of `Revert "x"`.
  return subject.startsWith('Reapply') ? `Revert "${inner}"` : inner;
}

/**
 * Takes out every commit that was reverted inside the list, together with its revert. A revert is paired by SHA, else
 * with the newest commit of the quoted subject before it. Going from new to old, a revert that was itself reverted has
 * no effect, so what it took back counts again. Reverts of commits outside the list stay, and so do reverts of merges:
 * which commits those took back cannot be told from a list.
 *
 * `commits` newest first, as git lists them; the rest is returned in the same order. Linear time.
 */
export function withoutReverted(commits: readonly ParsedCommit[]): readonly ParsedCommit[] {
  const bySha = groupIndexes(commits, ({ sha }) => sha.slice(0, 7));
  const bySubject = groupIndexes(commits, ({ subject }) => subject);
  const gone = new Set<number>();
  const passed = new Map<string, number>();
  // All earlier indexes of a group are newer than the commit at hand or gone, so no group is walked twice.
  const olderOfSubject = (subject: string, index: number): number | undefined => {
    const group = bySubject.get(subject) ?? [];
    let next = passed.get(subject) ?? 0;
    for (let other = group[next]; other !== undefined && (other <= index || gone.has(other)); other = group[next]) next += 1;
    passed.set(subject, next);
    return group[next];
  };
  const olderOfSha = (sha: string, index: number): number | undefined =>
    bySha.get(sha.slice(0, 7))?.find((other) => other > index && !gone.has(other) && commits[other]?.sha.startsWith(sha));

  for (const [index, { kind, target }] of commits.entries()) {
    if (kind !== 'revert' || target === undefined || gone.has(index)) continue;
    const found = (target.sha === undefined ? undefined : olderOfSha(target.sha, index)) ?? olderOfSubject(target.subject, index);
    if (found === undefined || commits[found]?.kind === 'merge') continue;
    gone.add(index).add(found);
  }
  return commits.filter((_, index) => !gone.has(index));
}

function groupIndexes(commits: readonly ParsedCommit[], keyOf: (commit: ParsedCommit) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, commit] of commits.entries()) {
    const key = keyOf(commit);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return groups;
}
