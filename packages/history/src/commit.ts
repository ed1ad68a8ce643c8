import type { CommitWarning } from './commit-warning.ts';
import type { IssueReference } from './issue-reference.ts';
import type { Person } from './person.ts';

/** One commit as git tells it; every text is a stranger's. */
export interface Commit {
  /** Full, 40 or 64 hexadecimal digits. */
  readonly sha: string;
  readonly subject: string;
  /** What follows the subject, without the blank line between; '' when there is nothing. */
  readonly body: string;
  /** Line of the message that the body begins on, for warnings; 3 when it is not given. */
  readonly bodyLine?: number;
  readonly authorName: string;
  readonly authorEmail?: string;
  /** Of the committer, seconds since 1970. */
  readonly timestamp: number;
  /** Only of what `expandSquash` took out of the body of a squash. */
  readonly part?: SquashPart;
}

/** Where a commit stood in the list of a squash. */
export interface SquashPart {
  /** Counted from 1. */
  readonly number: number;
  /** Of the squash. */
  readonly pullRequest: number | undefined;
  /** Of the message of the squash, from 1. */
  readonly line: number;
  /** Of that line, from 1. */
  readonly column: number;
}

/** A commit after its header and footers were understood; the body is not kept. */
export interface ParsedCommit {
  readonly sha: string;
  readonly subject: string;
  readonly authorName: string;
  readonly authorEmail: string | undefined;
  readonly timestamp: number;
  /**
   * `conventional`: the header follows Conventional Commits 1.0.0. `revert`: it takes another commit back, or puts it
   * back again. `merge`: a merge header of git or of a forge. `other`: anything else.
   */
  readonly kind: 'conventional' | 'revert' | 'merge' | 'other';
  /** Lower case; only of conventional commits. */
  readonly type: string | undefined;
  /** As the header has it, several in one text. */
  readonly scope: string | undefined;
  /** The scope taken apart at its commas. */
  readonly scopes: readonly string[];
  /** What the header says after the type, else the whole subject. */
  readonly description: string;
  /** What breaks, in words; undefined when nothing does. */
  readonly breaking: string | undefined;
  /** Only of reverts. */
  readonly target: RevertTarget | undefined;
  /** Only of merges. */
  readonly merge: MergeSource | undefined;
  /** The subject that `fixup!`, `squash!` or `amend!` names; such a commit belongs to that one. */
  readonly fixupOf: string | undefined;
  /** That brought the commit in: `(#12)` at the end of its subject, a forge's merge header, or the squash it was part of. */
  readonly pullRequest: number | undefined;
  /** From 1, in the list of a squash; undefined of whole commits. */
  readonly part: number | undefined;
  readonly coAuthors: readonly Person[];
  /** Issues that footers name, in their order, each once. */
  readonly issues: readonly IssueReference[];
  /** A release request of ours wrote it: it only says that a release was made ready. */
  readonly isRequest: boolean;
  /** Of a `Release-As` footer, as it is written: the version that its author asks for. */
  readonly releaseAs: string | undefined;
  /** What its author may have meant otherwise, by line. */
  readonly warnings: readonly CommitWarning[];
}

export interface RevertTarget {
  /** Of the commits taken back, at least 7 hexadecimal digits each, maybe abbreviated. */
  readonly shas: readonly string[];
  /** Of the commit taken back, as the revert quotes it. */
  readonly subject: string;
  /** That GitHub took back: `Reverts owner/name#12`. */
  readonly pullRequest: number | undefined;
}

/** What a merge header says. */
export interface MergeSource {
  /** Branch, tag or commit that was merged. */
  readonly source: string | undefined;
  /** Of the pull request, when the forge wrote it into the message. */
  readonly title: string | undefined;
}
