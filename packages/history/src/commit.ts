/** One commit as git tells it; every text is a stranger's. */
export interface Commit {
  /** Full, 40 or 64 hexadecimal digits. */
  readonly sha: string;
  readonly subject: string;
  /** What follows the subject, without the blank line between; '' when there is nothing. */
  readonly body: string;
  readonly authorName: string;
  /** Of the committer, seconds since 1970. */
  readonly timestamp: number;
}

/** A commit after its header and footers were understood; the body is not kept. */
export interface ParsedCommit {
  readonly sha: string;
  readonly subject: string;
  readonly authorName: string;
  readonly timestamp: number;
  /**
   * `conventional`: the header follows Conventional Commits 1.0.0. `revert`: it takes another commit back, or puts it
   * back again. `merge`: one of git's own merge headers. `other`: anything else.
   */
  readonly kind: 'conventional' | 'revert' | 'merge' | 'other';
  /** Lower case; only of conventional commits. */
  readonly type: string | undefined;
  readonly scope: string | undefined;
  /** What the header says after the type, else the whole subject. */
  readonly description: string;
  /** What breaks, in words; undefined when nothing does. */
  readonly breaking: string | undefined;
  /** Only of reverts. */
  readonly target: RevertTarget | undefined;
}

export interface RevertTarget {
  /** At least 7 hexadecimal digits, maybe abbreviated. */
  readonly sha: string | undefined;
  /** Of the commit taken back, as the revert quotes it. */
  readonly subject: string;
}
