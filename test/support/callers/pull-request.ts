import { join } from 'node:path';
import { git } from '../history.ts';
import { pullRequestEvent, type WorkflowEvent } from '../workflows/event.ts';
import { type Caller, callerOf } from './caller.ts';

/** What somebody who may not write to the repository proposes. */
export interface Proposal {
  /** `owner/name` */
  readonly fork: string;
  readonly branch: string;
  readonly title: string;
  readonly body?: string;
  /** What is changed, by commits in the fork. */
  readonly change: (fork: Caller) => Promise<unknown>;
}

export interface PullRequest {
  readonly fork: Caller;
  readonly event: WorkflowEvent;
  /** Of git, as the tab "Files changed" shows it. */
  readonly diff: string;
}

/** Forks the repository into `folder`, commits to a branch there, and opens a pull request. */
export async function pullRequest(caller: Caller, folder: string, proposal: Proposal): Promise<PullRequest> {
  const { title, branch, body } = proposal;
  const [bare, checkout] = [join(folder, `${proposal.fork}.git`), join(folder, proposal.fork)];
  await git(folder, 0, ['clone', '--quiet', '--bare', caller.bare, bare]);
  await git(folder, 0, ['clone', '--quiet', bare, checkout]);
  const fork = callerOf(proposal.fork, bare, checkout);
  await fork.git(['switch', '--quiet', '--create', branch]);
  await proposal.change(fork);
  const from = { repository: proposal.fork, bare, actor: proposal.fork.split('/')[0] ?? '' };
  const pull = { number: 7, title, head: branch, base: 'main', from, ...(body === undefined ? {} : { body }) };
  const event = await pullRequestEvent({ repository: caller.name, bare: caller.bare }, pull);
  const names = ['-c', 'core.quotePath=false', 'diff', '--no-prefix', `${event.sha}^1`, event.sha];
  return { fork, event, diff: await git(folder, 0, ['--git-dir', caller.bare, ...names]) };
}
