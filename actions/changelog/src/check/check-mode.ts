import { type Host, inertLine, UserError } from '@release-kit/action';
import type { Git } from '@release-kit/git';
import { type PullRequestText, pullRequestTextOf } from '@release-kit/github';
import { needsPaths, tagName } from '@release-kit/history';
import type { HistoryRequest } from '../history-request.ts';
import { findEnd } from '../revision.ts';
import type { Inputs, Settings } from '../settings/settings.ts';
import { deepened } from '../shallow-checkout.ts';
import { type BranchCommits, commitsOfBranch, commitsOfPull, newestMessages } from './branch-commits.ts';
import { messagesToCheck } from './check-plan.ts';
import { annotationOf, checkSummary, reasonOf } from './check-report.ts';
import { conventionalShare } from './conventional-share.ts';
import { messageInFile } from './message-file.ts';
import { type CheckedMessage, type MessageProblem, problemsOf } from './message-problems.ts';
import { type Preview, previewOf } from './preview.ts';

/** As many tell the habit of a project. */
const looked = 100;

/**
 * Reads what a merge would bring into the history: title and commits of the pull request that the run is for, the commits of a branch, or one message in a
 * file. Tells what would be misread, and what the next release will be. Needs no token, so that it works for forks. Throws E_MESSAGE when the check fails.
 */
export async function checkMode(inputs: Inputs, request: HistoryRequest, settings: Settings, git: Git, host: Host) {
  const pull = inputs.messageFile === undefined ? await pullRequestTextOf(host) : undefined;
  await using completed = pull === undefined ? undefined : await completedHistory(git, request, host);
  const history = completed ?? git;
  const branch = inputs.messageFile === undefined ? await branchOf(inputs, pull, history, request) : undefined;
  const messages = await messagesOf(inputs, pull, branch);

  const share = conventionalShare(await newestMessages(history, branch?.base ?? 'HEAD', looked), settings.grammar);
  const isQuiet = inputs.failOn === 'auto' && !share.isConventional;
  const problems = isQuiet ? [] : messages.flatMap((message) => problemsOf(message, settings.grammar));
  const squash = messages.find(({ where, sure }) => where.kind === 'title' && sure);
  const preview = branch === undefined ? undefined : await previewOf(history, request, branch, squash, settings);

  const what = pull !== undefined ? `Pull request #${pull.number}` : branch === undefined ? 'Commit message' : 'Commits of the branch';
  const story = { what, problems, checked: messages.length, missing: branch?.missing, share, isQuiet, preview };
  tell(story, host);
  host.summary.add(checkSummary(story));
  const outputs = outputsOf(preview, problems.length, settings);
  refuse(problems, inputs.failOn, outputs);
  return outputs;
}

/** Of a shallow checkout what is missing, as actions/checkout makes it unless told otherwise; undefined when it is whole, or cannot be completed. */
async function completedHistory(git: Git, request: HistoryRequest, host: Host): Promise<Git | undefined> {
  try {
    const plain = { ...request, from: undefined, to: 'HEAD', ref: undefined, firstTimers: false };
    return await deepened(git, plain, await findEnd(git, plain), false, host);
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'E_GIT')) throw error;
    host.log.warning(error.message);
    return undefined;
  }
}

function branchOf(inputs: Inputs, pull: PullRequestText | undefined, git: Git, { packages }: HistoryRequest): Promise<BranchCommits> {
  const paths = needsPaths(packages);
  return pull === undefined ? commitsOfBranch(git, inputs.to, inputs.from ?? inputs.base, paths) : commitsOfPull(git, pull, paths);
}

async function messagesOf(
  { messageFile, messages }: Inputs,
  pull: PullRequestText | undefined,
  branch: BranchCommits | undefined,
): Promise<readonly CheckedMessage[]> {
  if (messageFile === undefined) return messagesToCheck(pull, branch?.commits ?? [], messages);
  const message = await messageInFile(messageFile);
  return message === undefined ? [] : [message];
}

function tell({ what, problems, checked, missing, share, isQuiet, preview }: Parameters<typeof checkSummary>[0], host: Host): void {
  const { log } = host;
  if (isQuiet)
    log.info(`${what}: nothing is checked, since only ${share.conventional} of the newest ${share.counted} commits are conventional`);
  else log.info(`${what}: ${checked} ${checked === 1 ? 'message' : 'messages'} read, ${problems.length} with problems`);
  if (missing !== undefined) log.warning(`not everything was checked: ${missing}`);
  for (const problem of problems) host.annotate(annotationOf(problem));
  if (preview?.kind === 'unknown') log.info(`Next release: it cannot be told here: ${inertLine(preview.reason)}`);
  if (preview?.kind === 'known')
    log.info(preview.bump === 'none' ? 'Next release: nothing asks for one' : `Next release: ${preview.version} (${preview.bump})`);
}

function outputsOf(preview: Preview | undefined, problems: number, { package: { family } }: Settings) {
  const none = { changed: '', announcement: '', pullRequest: '', problems: String(problems) };
  if (preview?.kind !== 'known') return { version: '', previous: '', bump: '', notes: '', reason: '', tag: '', released: '', ...none };
  const { plan, start } = preview.next;
  return {
    version: plan.version,
    previous: start?.name ?? '',
    bump: plan.bump,
    notes: preview.notes,
    reason: plan.explain.join('\n'),
    tag: tagName(family, plan.version),
    released: String(plan.bump !== 'none'),
    ...none,
  };
}

function refuse(problems: readonly MessageProblem[], failOn: Inputs['failOn'], outputs: Readonly<Record<string, string>>): void {
  if (failOn === 'never') return;
  const failing = problems.filter(({ level }) => failOn === 'warning' || level === 'error');
  const [first] = failing;
  if (first === undefined) return;
  const more = failing.length === 1 ? '' : ` (and ${failing.length - 1} more)`;
  const { where, line, column } = first;
  const place = where.kind === 'file' ? { place: { file: where.path, line, ...(column === undefined ? {} : { column }) } } : {};
  throw new UserError('E_MESSAGE', `${reasonOf(first)}${more}`, { outputs, ...place });
}
