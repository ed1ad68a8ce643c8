/** A commit as git logs it, as far as releases need it; every text is a stranger's. */
export interface LoggedCommit {
  /** Full. */
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authorName: string;
  readonly authorEmail: string;
  /** Of the committer, seconds since 1970. */
  readonly timestamp: number;
  /** Whole. */
  readonly message: string;
  /** Changed files, relative to the root; undefined when nobody asked for them. */
  readonly paths: readonly string[] | undefined;
}
