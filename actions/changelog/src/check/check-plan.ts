import type { LoggedCommit } from '@release-kit/git';
import type { MergeWays, PullRequestText } from '@release-kit/github';
import { splitMessage } from '@release-kit/history';
import type { CheckedMessage } from './message-problems.ts';

/** Which messages are looked at: `auto` goes by how the repository merges. */
export type Messages = 'auto' | 'title' | 'commits' | 'both';

/**
 * The messages that a merge of the pull request brings into the history: its title when it is squashed, its commits when it is not. Where the repository
 * allows both, or nothing is known of it, the title counts and the commits may. A squash of one commit is often called like that one.
 *
 * @param commits of the pull request, newest first; merges among them are left out
 */
export function messagesToCheck(
  pull: PullRequestText | undefined,
  commits: readonly LoggedCommit[],
  wanted: Messages,
): readonly CheckedMessage[] {
  const single = commits.filter(isNoMerge).length === 1;
  const { title, commit } = certaintyOf(pull?.merging, wanted, single);
  const titles = pull === undefined || title === 'no' ? [] : [titleOf(pull, commits, title === 'sure')];
  if (commit === 'no') return titles;
  // A pull request of one commit has its title: to say everything twice helps nobody.
  const told = new Set(title === 'sure' ? titles.map(({ subject }) => subject) : []);
  const messages = commits
    .filter(isNoMerge)
    .map(
      (one): CheckedMessage => ({
        where: { kind: 'commit', sha: one.sha },
        ...splitMessage(one.message),
        sure: pull === undefined || commit === 'sure',
      }),
    )
    .filter(({ subject, sure }) => sure || !told.has(subject));
  return [...titles, ...messages];
}

type Certainty = 'sure' | 'maybe' | 'no';

function certaintyOf(merging: MergeWays | undefined, wanted: Messages, single: boolean): { title: Certainty; commit: Certainty } {
  if (wanted !== 'auto') return { title: wanted === 'commits' ? 'no' : 'sure', commit: wanted === 'title' ? 'no' : 'sure' };
  if (merging === undefined) return { title: 'sure', commit: 'maybe' };
  if (!merging.squash) return { title: 'no', commit: 'sure' };
  if (single && merging.squashKeepsSingle) return { title: 'maybe', commit: 'sure' };
  return { title: 'sure', commit: merging.commits ? 'maybe' : 'no' };
}

/** As the squash would be: what breaks is often explained in the description or in a commit. */
function titleOf(pull: PullRequestText, commits: readonly LoggedCommit[], sure: boolean): CheckedMessage {
  const from = pull.merging?.squashText;
  const messages = commits.filter(isNoMerge).map(({ message }) => message);
  const description = pull.body.replaceAll('\r\n', '\n');
  const body =
    from === 'nothing' ? [] : from === 'description' ? [description] : from === 'commits' ? messages : [description, ...messages];
  return { where: { kind: 'title', number: pull.number }, subject: pull.title.trim(), body: body.join('\n\n').trim(), bodyLine: 3, sure };
}

const isNoMerge = ({ parents }: LoggedCommit): boolean => parents.length < 2;
