export type { Commit, ParsedCommit, RevertTarget } from './commit.ts';
export { type Bump, bumpBetween, bumpOf, firstVersion, type NextVersion, nextVersion } from './next-version.ts';
export { formatNotes, maxNotesCharacters, type NotesRequest } from './notes.ts';
export { parseCommit } from './parse-commit.ts';
export { baselineOf, greatestTag, type ReleaseTag, releaseTag } from './release-tag.ts';
export { withoutReverted } from './revert.ts';
