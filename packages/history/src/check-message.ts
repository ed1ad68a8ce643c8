import type { Commit } from './commit.ts';
import { type CommitWarning, warn } from './commit-warning.ts';
import { type Grammar, parseCommit } from './parse-commit.ts';

/**
 * What to tell the author of a message before it is part of the history, such as the title (`subject`) and the text (`body`) of a
 * pull request: all warnings, a header that is not conventional, and a breaking change that says nothing of what to do. In the
 * order of lines; empty when all is well. Merges, reverts and fixups have headers of their own.
 */
export function checkMessage(commit: Commit, grammar: Grammar = {}): readonly CommitWarning[] {
  const { kind, fixupOf, breaking, description, warnings } = parseCommit(commit, grammar);
  const further: CommitWarning[] = [];
  const line = commit.part?.line ?? 1;
  const isTold = warnings.some((warning) => warning.line === line);
  if (kind === 'other' && fixupOf === undefined && !isTold) warn(further, 'not-conventional', line, 1);
  if (breaking === description && !warnings.some(({ oddity }) => oddity === 'breaking-empty')) warn(further, 'breaking-unexplained', line);
  return further.length === 0 ? warnings : [...further, ...warnings];
}
