import type { Commit, ParsedCommit } from './commit.ts';
import { type CommitWarning, warn } from './commit-warning.ts';
import { fixupTarget } from './fixup.ts';
import { type Header, parseHeader, scopesOf, type TypeAliases } from './header.ts';
import { nearHeader, oddHeader } from './header-oddities.ts';
import { azureTitle, parseMerge, pullRequestOf } from './merge-header.ts';
import { readBody } from './read-body.ts';
import { isGitRevert, revertTarget } from './revert-target.ts';

/** What a project adds to the grammar. */
export interface Grammar {
  readonly aliases?: TypeAliases;
  /** The types that it knows, in lower case: a header with another one is warned of. */
  readonly types?: ReadonlySet<string>;
  /** A merge is read by the title of its pull request: right where the merged commits are not read (`--first-parent`). */
  readonly mergeTitles?: boolean;
}

/**
 * Understands one commit. Total: every text is a commit of some kind, the header alone decides which, and nothing in a
 * body makes a commit vanish; what is odd is a warning. Time is linear in the length of the message.
 */
export function parseCommit(commit: Commit, grammar: Grammar = {}): ParsedCommit {
  const { body } = commit;
  const subject = commit.subject.trim();
  const merge = parseMerge(subject, body);
  const azure = azureTitle(subject);
  const title = (grammar.mergeTitles === true ? merge?.title : undefined) ?? azure?.title ?? subject;
  const header = parseHeader(title, grammar.aliases);
  const kind = kindOf(title, header, merge !== undefined && title === subject);
  const scopes = scopesOf(header?.scope);
  const fixupOf = fixupTarget(subject);

  const found: CommitWarning[] = [];
  if (title === subject && kind !== 'merge' && fixupOf === undefined) warnOfHeader(commit, subject, kind, header, scopes, grammar, found);
  if (commit.bodyLine === 2 && commit.part === undefined) warn(found, 'no-blank-line', 2);
  const facts = readBody(body, commit.bodyLine ?? 3, header?.bang === true, found);
  const description = header?.description ?? title;
  return {
    sha: commit.sha,
    subject,
    authorName: commit.authorName,
    authorEmail: commit.authorEmail,
    timestamp: commit.timestamp,
    kind,
    type: header?.type,
    scope: header?.scope,
    scopes,
    description,
    // The description is what breaks when `!` stands without a footer (item 13), or the footer is empty.
    breaking: facts.breaking === '' || (facts.breaking === undefined && header?.bang === true) ? description : facts.breaking,
    target: kind === 'revert' ? revertTarget(title, description, body) : undefined,
    merge: merge === undefined ? undefined : { source: merge.source, title: merge.title },
    fixupOf,
    pullRequest: pullRequestOf(subject) ?? merge?.pullRequest ?? azure?.pullRequest ?? commit.part?.pullRequest,
    part: commit.part?.number,
    coAuthors: facts.coAuthors,
    issues: facts.issues,
    isRequest: header?.type === 'chore' && header.scope === 'release' && requestMark.test(body),
    releaseAs: facts.releaseAs,
    warnings: found.length === 0 ? none : found.sort((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0)),
  };
}

const none: readonly CommitWarning[] = [];

/** In the commit of a release request, and in the text of its pull request, which may become the body of a squash. */
const requestMark = /^Release-Request: [0-9a-f]{40,64} [0-9a-f]{64}$|<!-- release-kit: release request /m;

function kindOf(title: string, header: Header | undefined, isMerge: boolean): ParsedCommit['kind'] {
  if (header?.type === 'revert' || isGitRevert(title)) return 'revert';
  if (header !== undefined) return 'conventional';
  return isMerge ? 'merge' : 'other';
}

function warnOfHeader(
  { subject: raw, part }: Commit,
  subject: string,
  kind: ParsedCommit['kind'],
  header: Header | undefined,
  scopes: readonly string[],
  { types }: Grammar,
  found: CommitWarning[],
): void {
  const line = part?.line ?? 1;
  const before = (part === undefined ? raw.length - raw.trimStart().length : part.column - 1) || 0;
  if (header !== undefined) {
    for (const { oddity, column } of oddHeader(subject, header, scopes.length, types)) warn(found, oddity, line, before + column);
  } else if (kind === 'other') {
    const near = nearHeader(subject);
    if (near !== undefined) warn(found, near.oddity, line, before + near.column);
  }
}
