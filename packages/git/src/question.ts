/** What git is asked, and the exit codes that are answers. */
export interface Question {
  readonly args: readonly string[];
  /** Nothing of a question that its arguments say whole. */
  readonly stdin?: string;
  readonly allow: readonly number[];
}
