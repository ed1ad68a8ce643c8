import semver from 'semver';
import type { ParsedCommit } from './commit.ts';
import { type Bump, bumpOf } from './version-bump.ts';

/** What commits ask for, as the project chooses. */
export interface VersionRules {
  /** While the major version is 0, where Semantic Versioning 2.0.0 promises nothing (item 4). */
  readonly zero: {
    /** `major`: a breaking change ends the time of 0.x. */
    readonly breaking: 'minor' | 'major';
    readonly feature: 'patch' | 'minor';
  };
  /** By lower-case type, for types of the project's own and for others than usual; a breaking change asks for major whatever its type. */
  readonly types: ReadonlyMap<string, Bump>;
  /** Of a project without any release. */
  readonly first: string;
}

export const usualRules: VersionRules = { zero: { breaking: 'minor', feature: 'minor' }, types: new Map(), first: '0.1.0' };

const order: readonly Bump[] = ['none', 'patch', 'minor', 'major'];

/** What one commit asks for by the rules, before anything is said about 0.x. */
export function askedBy(commit: ParsedCommit, rules: VersionRules): Bump {
  if (commit.breaking !== undefined) return 'major';
  return (commit.kind === 'conventional' ? rules.types.get(commit.type ?? '') : undefined) ?? bumpOf(commit);
}

/** The commits of a range by what they ask for, newest first, at most `shownCommits` of each kept. */
export interface Asked {
  /** The most that any commit asks for. */
  readonly most: Bump;
  readonly counts: Readonly<Record<Bump, number>>;
  readonly newest: Readonly<Record<Bump, readonly ParsedCommit[]>>;
}

export const shownCommits = 5;

export function askedByAll(commits: Iterable<ParsedCommit>, rules: VersionRules): Asked {
  const counts: Record<Bump, number> = { none: 0, patch: 0, minor: 0, major: 0 };
  const newest: Record<Bump, ParsedCommit[]> = { none: [], patch: [], minor: [], major: [] };
  for (const commit of commits) {
    const bump = askedBy(commit, rules);
    counts[bump] += 1;
    if (newest[bump].length < shownCommits) newest[bump].push(commit);
  }
  return { most: order.findLast((bump) => counts[bump] > 0) ?? 'none', counts, newest };
}

/** Which part of this version grows when so much is asked. */
export function grownPart(version: string, asked: Bump, rules: VersionRules): Bump {
  if (semver.major(version) !== 0) return asked;
  if (asked === 'major') return rules.zero.breaking;
  return asked === 'minor' ? rules.zero.feature : asked;
}
