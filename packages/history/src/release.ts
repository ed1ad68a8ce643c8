import type { ParsedCommit } from './commit.ts';

/** Somebody who wrote commits of a release; texts are a stranger's. */
export interface Contributor {
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  readonly commits: number;
  /** No earlier release has a commit of theirs. */
  readonly isFirst: boolean;
}

/** One release as notes, changelogs, versions and announcements see it; nothing that was taken back inside it is left. */
export interface Release {
  /** The tag, else how people call what is not tagged yet. */
  readonly name: string;
  /** Semantic version; undefined for what has none yet. */
  readonly version: string | undefined;
  /** Full, of its newest commit. */
  readonly sha: string;
  /** Of its newest commit's committer, seconds since 1970. */
  readonly timestamp: number;
  /** What it is compared with, and in words why that; undefined for a first release. */
  readonly previous: { readonly name: string; readonly version: string | undefined; readonly reason: string } | undefined;
  /** Newest first, no child after its parent. */
  readonly commits: readonly ParsedCommit[];
  /** All commits of the range, with those that were taken back. */
  readonly count: number;
  /** By commits, then name. */
  readonly contributors: readonly Contributor[];
}
