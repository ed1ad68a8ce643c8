import type { ParsedCommit } from './commit.ts';

const marks = /^(?:(?:fixup|squash|amend)! ){1,20}/;

/** The subject that a commit for `git rebase --autosquash` names (`fixup! feat: x`); undefined of other commits. */
export function fixupTarget(subject: string): string | undefined {
  // Nearly none has one.
  const start = subject.includes('! ') ? marks.exec(subject)?.[0] : undefined;
  if (start === undefined) return undefined;
  const target = subject.slice(start.length).trim();
  return target === '' ? undefined : target;
}

/**
 * Takes out every fixup whose commit is in the list as well, before it: whoever reads of that commit reads of both. One
 * with words of its own about what breaks stays. `commits` newest first; linear time.
 */
export function withoutFixups(commits: readonly ParsedCommit[]): readonly ParsedCommit[] {
  if (!commits.some(({ fixupOf }) => fixupOf !== undefined)) return commits;
  const older = new Set<string>();
  const left: ParsedCommit[] = [];
  for (const commit of commits.toReversed()) {
    if (commit.fixupOf === undefined || commit.breaking !== undefined || !older.has(commit.fixupOf)) left.push(commit);
    older.add(commit.subject);
  }
  return left.reverse();
}
