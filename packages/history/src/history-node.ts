import type { ParsedCommit } from './commit.ts';
import type { LoggedCommit } from './logged-commit.ts';
import { type PackagePlace, packageTree } from './package-tree.ts';
import { type Reading, readCommit } from './read-commit.ts';

/** A commit in its history, and what it is to one package. */
export interface HistoryNode {
  readonly sha: string;
  readonly parents: readonly string[];
  /** Of the committer, seconds since 1970. */
  readonly timestamp: number;
  /** Empty when it changes another package only; several of a squash that is expanded. */
  readonly commits: readonly ParsedCommit[];
}

/** Whether git has to tell the files that commits changed: not where everything is one package at the root. */
export function needsPaths(packages: readonly PackagePlace[]): boolean {
  return packages.length !== 1 || packages[0]?.path !== '';
}

/** Reads logged commits with the eyes of one of `packages`. */
export function nodeReader(
  packages: readonly PackagePlace[],
  owner: PackagePlace,
  reading: Reading,
): (logged: LoggedCommit) => HistoryNode {
  if (!needsPaths(packages)) return (logged) => nodeOf(logged, readCommit(logged, reading));
  const tree = packageTree(packages);
  return (logged) => {
    if (logged.paths === undefined) throw new Error('several packages, and a log without paths');
    const isOurs = tree.ownersOf(logged.paths).some(({ name }) => name === owner.name);
    return nodeOf(logged, isOurs ? readCommit(logged, reading) : []);
  };
}

const nodeOf = ({ sha, parents, timestamp }: LoggedCommit, commits: readonly ParsedCommit[]): HistoryNode => ({
  sha,
  parents,
  timestamp,
  commits,
});
