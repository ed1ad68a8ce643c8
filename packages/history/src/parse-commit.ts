import type { Commit, ParsedCommit } from './commit.ts';
import { breakingText } from './footers.ts';
import { parseHeader } from './header.ts';
import { isGitRevert, revertTarget } from './revert.ts';

const mergeHeader = /^Merge (?:branch|branches|pull request|remote-tracking branch|tag|commit) /;

/**
 * Understands one commit. Total: every text is a commit of some kind, the header alone decides which, and nothing in a
 * body makes a commit vanish. Time is linear in the length of the message.
 */
export function parseCommit(commit: Commit): ParsedCommit {
  const { sha, authorName, timestamp, body } = commit;
  const subject = commit.subject.trim();
  const header = parseHeader(subject);
  const footer = breakingText(body);
  const kind = kindOf(subject, header?.type);
  const description = header?.description ?? subject;
  return {
    sha,
    subject,
    authorName,
    timestamp,
    kind,
    type: header?.type,
    scope: header?.scope,
    description,
    // The description is what breaks when `!` stands without a footer (item 13).
    breaking: footer ?? (header?.bang === true ? description : undefined),
    target: kind === 'revert' ? revertTarget(subject, description, body) : undefined,
    authorEmail: commit.authorEmail,
    scopes: header?.scope === undefined ? [] : [header.scope],
    merge: undefined,
    fixupOf: undefined,
    pullRequest: commit.part?.pullRequest,
    part: commit.part?.number,
    coAuthors: [],
    issues: [],
    releaseAs: undefined,
    warnings: [],
  };
}

function kindOf(subject: string, type: string | undefined): ParsedCommit['kind'] {
  if (type === 'revert' || isGitRevert(subject)) return 'revert';
  if (type !== undefined) return 'conventional';
  return mergeHeader.test(subject) ? 'merge' : 'other';
}
