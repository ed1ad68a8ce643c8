import type { Host } from '@release-kit/action';
import { field } from './field.ts';
import { eventOf, pullRequestIn } from './github-event.ts';

/** What its author wrote, and what the repository makes of it when it is merged. */
export interface PullRequestText {
  readonly number: number;
  /** A stranger's, as `body`. */
  readonly title: string;
  readonly body: string;
  /** Last commit of the branch, and the tip of the branch it goes into when the event happened; full. */
  readonly headSha: string;
  readonly baseSha: string;
  /** Ways to merge that the repository allows; undefined where the event does not say. */
  readonly merging: MergeWays | undefined;
}

export interface MergeWays {
  readonly squash: boolean;
  /** A merge commit, or a rebase: then each commit becomes part of the history. */
  readonly commits: boolean;
  /** A squash of one commit is called like this commit, not like the pull request. */
  readonly squashKeepsSingle: boolean;
  /** What a squash has below its title. */
  readonly squashText: 'description' | 'commits' | 'nothing';
}

/** The pull request that this run is for, from the event alone, so without a token; undefined for other events. E_HOST. */
export async function pullRequestTextOf(host: Host): Promise<PullRequestText | undefined> {
  const event = await eventOf(host);
  const pull = pullRequestIn(event);
  if (pull === undefined) return undefined;
  const { number, headSha, baseSha } = pull;
  const given = field(event, 'pull_request');
  const [title, body] = [field(given, 'title'), field(given, 'body')];
  const merging = mergeWaysOf(field(field(given, 'base'), 'repo'));
  return { number, headSha, baseSha, title: typeof title === 'string' ? title : '', body: typeof body === 'string' ? body : '', merging };
}

function mergeWaysOf(repository: unknown): MergeWays | undefined {
  const [squash, merge, rebase] = ['allow_squash_merge', 'allow_merge_commit', 'allow_rebase_merge'].map((name) => field(repository, name));
  if (typeof squash !== 'boolean' || typeof merge !== 'boolean' || typeof rebase !== 'boolean') return undefined;
  const text = field(repository, 'squash_merge_commit_message');
  return {
    squash,
    commits: merge || rebase,
    squashKeepsSingle: field(repository, 'squash_merge_commit_title') !== 'PR_TITLE',
    squashText: text === 'PR_BODY' ? 'description' : text === 'BLANK' ? 'nothing' : 'commits',
  };
}
