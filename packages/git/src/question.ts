/** What git is asked, and the exit codes that are answers. */
export interface Question {
  readonly args: readonly string[];
  readonly allow: readonly number[];
}
