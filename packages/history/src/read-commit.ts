import type { ParsedCommit } from './commit.ts';
import type { LoggedCommit } from './logged-commit.ts';
import { splitMessage } from './message.ts';
import { type Grammar, parseCommit } from './parse-commit.ts';
import { expandSquash } from './squash.ts';

/** How a project reads its commits. */
export interface Reading {
  readonly grammar: Grammar;
  /** `title`: a squash is one commit; `expand`: also each conventional commit that it lists. */
  readonly squashes: 'title' | 'expand';
}

/** Understands a logged commit: itself, and behind it the parts of a squash that is expanded, the last one first. */
export function readCommit(logged: LoggedCommit, { grammar, squashes }: Reading): readonly ParsedCommit[] {
  const { sha, authorName, authorEmail, timestamp, message } = logged;
  const { subject, body, bodyLine } = splitMessage(message);
  const commit = { sha, subject, body, bodyLine, authorName, authorEmail, timestamp };
  if (squashes === 'title') return [parseCommit(commit, grammar)];
  return expandSquash(commit, grammar.types).map((part) => parseCommit(part, grammar));
}
