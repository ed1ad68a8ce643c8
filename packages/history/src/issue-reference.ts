/** An issue or pull request that a footer names. */
export interface IssueReference {
  /** `close` by one of GitHub's closing words, and by Debian's `Closes:`. */
  readonly action: 'close' | 'mention';
  /** `owner/name`; undefined of the repository itself. */
  readonly repository: string | undefined;
  readonly number: number;
}
