import { bodyOddities } from './body-oddities.ts';
import { type CommitWarning, warn } from './commit-warning.ts';
import { breakingText, type Footer, isBreaking, linesOf, readFooters } from './footers.ts';
import { type IssueReference, issuesOf } from './issue-reference.ts';
import { ownCopy } from './own-copy.ts';
import { type Person, parsePerson } from './person.ts';
import { readTrailers } from './trailers.ts';

/** What the footers of a body say. */
export interface BodyFacts {
  /** '' of an empty breaking footer, undefined without one. */
  readonly breaking: string | undefined;
  readonly coAuthors: readonly Person[];
  readonly issues: readonly IssueReference[];
  readonly releaseAs: string | undefined;
}

const nobody: readonly Person[] = [];
const noIssues: readonly IssueReference[] = [];
const nothing: BodyFacts = { breaking: undefined, coAuthors: nobody, issues: noIssues, releaseAs: undefined };

/**
 * Reads the footers of a body: those of Conventional Commits anywhere, and git's trailers in its last paragraph. Only the
 * former can break something. Nothing is an error: what is odd is warned of.
 *
 * @param firstLine of the message, from 1, where the body begins
 * @param headerBreaks whether the header says already that something breaks
 */
export function readBody(body: string, firstLine: number, headerBreaks: boolean, warnings: CommitWarning[]): BodyFacts {
  if (body === '' || !telling.test(body)) return nothing;
  const lines = linesOf(body);
  const conventional = readFooters(lines);
  const footers = union(conventional, readTrailers(lines));
  const text = breakingText(conventional);
  const breaking = text === undefined ? undefined : ownCopy(text);
  warnOfEmpty(conventional, firstLine, warnings);
  const told = new Set(footers.filter(({ token }) => !meantAsBreaking.test(token)).map(({ line }) => line));
  for (const { token, line } of conventional) if (isBreaking(token)) told.add(line);
  bodyOddities(lines, told, headerBreaks || breaking !== undefined, (oddity, line, column) =>
    warn(warnings, oddity, firstLine + line, column),
  );
  if (footers.length === 0) return nothing;
  return {
    breaking,
    coAuthors: coAuthorsOf(footers, firstLine, warnings),
    issues: issuesOf(footers),
    releaseAs: releaseAsOf(footers, firstLine, warnings),
  };
}

/** Without any of these a body has neither footers nor what looks like one; most are plain prose. */
const telling = /[:#]|gh-\d|breaking|release/i;

const meantAsBreaking = /^breaking(?:-?changes?)?$/i;

/** By line; git's trailers are mostly footers as well. */
function union(footers: readonly Footer[], trailers: readonly Footer[]): readonly Footer[] {
  if (trailers.length === 0) return footers;
  const known = new Set(footers.map(({ line }) => line));
  const further = trailers.filter(({ line }) => !known.has(line));
  return further.length === 0 ? footers : [...footers, ...further].sort((a, b) => a.line - b.line);
}

function warnOfEmpty(footers: readonly Footer[], firstLine: number, warnings: CommitWarning[]): void {
  for (const { token, value, line } of footers) if (isBreaking(token) && value === '') warn(warnings, 'breaking-empty', firstLine + line);
}

function coAuthorsOf(footers: readonly Footer[], firstLine: number, warnings: CommitWarning[]): readonly Person[] {
  const people = new Map<string, Person>();
  for (const { token, text, line } of footers) {
    if (token.length !== 14 || token.toLowerCase() !== 'co-authored-by') continue;
    const person = parsePerson(text);
    if (person === undefined) warn(warnings, 'co-author-unreadable', firstLine + line);
    else if (!people.has(person.email)) people.set(person.email, { name: ownCopy(person.name), email: ownCopy(person.email) });
  }
  return people.size === 0 ? nobody : [...people.values()];
}

/** The last one counts, as the last word of a commit. */
function releaseAsOf(footers: readonly Footer[], firstLine: number, warnings: CommitWarning[]): string | undefined {
  const found = footers.filter(({ token }) => token.length === 10 && token.toLowerCase() === 'release-as');
  const last = found.at(-1);
  if (last === undefined) return undefined;
  if (found.length > 1) warn(warnings, 'release-as-several', firstLine + last.line);
  return ownCopy(last.text);
}
