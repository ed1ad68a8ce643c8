import { type Host, inertLine, UserError } from '@release-kit/action';
import type { Git } from '@release-kit/git';
import { bringReleaseRequest, closeReleaseRequest } from '@release-kit/github';
import { notesOf, tagName } from '@release-kit/history';
import { preparedRelease } from '../bump/prepared-release.ts';
import type { NextRelease } from '../project-history.ts';
import { repositoryOf } from '../settings/links.ts';
import type { Inputs, Settings } from '../settings/settings.ts';
import { requestBranches } from './request-branch.ts';
import { requestFiles } from './request-files.ts';
import { tellClosed, tellOutcome } from './request-outcome.ts';
import { requestText, requestTitle } from './request-text.ts';

/**
 * Keeps a pull request open that makes the next release: versions and changelogs in one commit on top of the newest one. Nothing in the checkout changes.
 *
 * @throws UserError E_INPUT, E_GIT, E_TOKEN, E_GITHUB, and what preparing the files throws
 */
export async function requestMode(next: NextRelease, inputs: Inputs, settings: Settings, git: Git, host: Host) {
  await refuseOtherCommit(next, git);
  const branches = requestBranches(inputs, settings, host);
  const target = async () => ({ repository: await repositoryOf(git, host), token: inputs.token });
  const { version } = next.release;
  if (version === undefined || next.end.tag !== undefined) {
    if (!inputs.dryRun) tellClosed(await closeReleaseRequest(host, await target(), branches), host);
    return outputsOf(next, settings, [], '');
  }
  const files = await requestFiles(await preparedRelease(next, settings, git, host), git);
  const paths = files.map(({ path }) => path);
  if (paths.length === 0) tellNothing(version, host);
  for (const path of paths) host.log.info(`In the release request: ${inertLine(path)}`);
  if (inputs.dryRun) {
    host.log.info('A dry run: nothing was written');
    return outputsOf(next, settings, [], '');
  }
  const { base } = branches;
  const request = {
    ...branches,
    commit: next.end.sha,
    tag: next.release.name,
    title: requestTitle(settings.package.name, version),
    text: requestText(next.release, version, next.plan.explain, settings.style, base),
    files,
  };
  const outcome = await bringReleaseRequest(host, await target(), request);
  tellOutcome(outcome, version, branches, host);
  if (outcome.kind === 'empty') tellClosed(await closeReleaseRequest(host, await target(), branches), host);
  const pull = 'pull' in outcome ? outcome.pull : undefined;
  return outputsOf(next, settings, outcome.kind === 'open' && outcome.changed ? paths : [], String(pull?.number ?? ''));
}

/** The files are those of the work tree, so a request for another commit would mix the two. */
async function refuseOtherCommit({ end }: NextRelease, git: Git): Promise<void> {
  const { stdout } = await git.run(['rev-parse', '--verify', 'HEAD']);
  if (stdout.trim() === end.sha) return;
  throw new UserError('E_INPUT', 'a release request is made for the commit that is checked out, but to names another one', {
    cure: 'Leave to out, or check that commit out.',
  });
}

function tellNothing(version: string, host: Host): void {
  host.log.warning(
    `no file of the checkout changes with ${version}; name some by changelog.files and changelog.bump in the configuration, or by inputs`,
  );
}

function outputsOf({ plan, release, start, end }: NextRelease, settings: Settings, changed: readonly string[], pullRequest: string) {
  return {
    version: plan.version,
    previous: start?.name ?? '',
    bump: plan.bump,
    notes: notesOf(release, settings.style),
    reason: plan.explain.join('\n'),
    tag: end.tag?.name ?? tagName(settings.package.family, plan.version),
    released: String(release.version !== undefined),
    changed: changed.join('\n'),
    announcement: '',
    pullRequest,
    problems: '',
  };
}
