export type { Commit, MergeSource, ParsedCommit, RevertTarget, SquashPart } from './commit.ts';
export type { CommitOddity, CommitWarning } from './commit-warning.ts';
export type { IssueReference } from './issue-reference.ts';
export { type Bump, bumpBetween, bumpOf, firstVersion, type NextVersion, nextVersion } from './next-version.ts';
export { formatNotes, maxNotesCharacters, type NotesRequest } from './notes.ts';
export { parseCommit } from './parse-commit.ts';
export { type Person, parsePerson } from './person.ts';
export { baselineOf, greatestTag, type ReleaseTag, releaseTag } from './release-tag.ts';
export { withoutReverted } from './revert.ts';
