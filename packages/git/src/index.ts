export { type ChangedLines, changedLines, type LineRange } from './changed-lines.ts';
export { findCheckout } from './checkout.ts';
export { type Git, openGit } from './git.ts';
export { type LogRange, readLog } from './log.ts';
export type { LoggedCommit } from './log-record.ts';
export { type PullRequestBase, pullRequestBase } from './pull-request-base.ts';
export { repositoryPaths } from './repository-paths.ts';
export { readTagObject, type TagObject } from './tag-object.ts';
export { type NamedCommit, readTags, tagsBefore } from './tags.ts';
