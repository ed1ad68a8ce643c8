import { UserError } from '@release-kit/action';
import type { Git, LoggedCommit } from '@release-kit/git';
import { notesOf, type Release } from '@release-kit/history';
import type { HistoryRequest } from '../history-request.ts';
import { describeNext, type NextRelease } from '../project-history.ts';
import type { Settings } from '../settings/settings.ts';
import { refuseShallow } from '../shallow-checkout.ts';
import type { BranchCommits } from './branch-commits.ts';
import type { CheckedMessage } from './message-problems.ts';

/** What the next release is with a change in it. */
export type Preview =
  | {
      readonly kind: 'known';
      readonly next: NextRelease;
      readonly version: string;
      readonly bump: NextRelease['plan']['bump'];
      /** The version without the change; undefined when nothing would ask for one. */
      readonly before: string | undefined;
      /** Of the change alone, GitHub Markdown; '' when it has nothing to list. */
      readonly notes: string;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

const maxNotes = 20_000;

/**
 * The release that follows a merge. A squash is one commit with the title of the pull request, whose object does not exist yet; else the commits are those
 * of the branch. What cannot be worked out from this checkout is a reason, not a failure: a check is about messages.
 */
export async function previewOf(
  git: Git,
  request: HistoryRequest,
  { commits, head, base }: BranchCommits,
  squash: CheckedMessage | undefined,
  settings: Settings,
): Promise<Preview> {
  if (commits === undefined || base === undefined) return { kind: 'unknown', reason: 'the checkout does not have its commits' };
  try {
    if (git.deepened === undefined) await refuseShallow(git);
    const plain = { ...request, from: undefined, ref: undefined, firstTimers: false };
    const without = await describeNext(git, { ...plain, to: base });
    const pending = squash === undefined ? undefined : squashed(squash, base, head, commits);
    const merged = pending === undefined ? { to: head } : { to: base, pending: [pending] };
    const next = await describeNext(git, { ...plain, ...merged });
    const own = new Set(pending === undefined ? commits.map(({ sha }) => sha) : [pending.sha]);
    const listed = next.release.commits.filter(({ sha }) => own.has(sha));
    return {
      kind: 'known',
      next,
      version: next.plan.version,
      bump: next.plan.bump,
      before: without.plan.bump === 'none' ? undefined : without.plan.version,
      notes: listed.length === 0 ? '' : entriesOf({ ...next.release, commits: listed }, settings),
    };
  } catch (error) {
    if (error instanceof UserError && ['E_GIT', 'E_HISTORY', 'E_TAG', 'E_INPUT'].includes(error.code))
      return { kind: 'unknown', reason: error.message };
    throw error;
  }
}

/** The notes of these commits, without thanks, and without the last line, which says what the whole release is compared with. */
function entriesOf(release: Release, { style }: Settings): string {
  const notes = notesOf(release, { ...style, contributors: false }, maxNotes);
  return notes.trimEnd().split('\n').slice(0, -1).join('\n').trim();
}

/** Its paths are those of its commits; merges of the branch that it goes into brought in what others changed. */
function squashed({ subject, body, where }: CheckedMessage, base: string, head: string, commits: readonly LoggedCommit[]): LoggedCommit {
  const own = commits.filter(({ parents }) => parents.length < 2);
  const number = where.kind === 'title' ? ` (#${where.number})` : '';
  return {
    sha: head,
    parents: [base],
    authorName: commits.at(-1)?.authorName ?? '',
    authorEmail: commits.at(-1)?.authorEmail ?? '',
    timestamp: commits[0]?.timestamp ?? 0,
    message: `${subject}${number}\n\n${body}`,
    paths: [...new Set(own.flatMap(({ paths }) => paths ?? []))],
  };
}
