import { type Host, UserError } from '@release-kit/action';
import { deepenTo, type Git } from '@release-kit/git';
import { needsPaths, type PlacedTag } from '@release-kit/history';
import type { HistoryRequest } from './history-request.ts';
import { isStable, lowerTags, ownTags } from './release-tags.ts';
import type { End } from './revision.ts';

/**
 * Completes a shallow checkout as far as the request needs it, beside the checkout; undefined when that will do as it is.
 *
 * @param isWhole the first commit is wanted as well
 * @throws UserError E_GIT when what is missing cannot be had
 */
export async function deepened(git: Git, request: HistoryRequest, end: End, isWhole: boolean, host: Host): Promise<Git | undefined> {
  const { package: owner, packages, from } = request;
  return await deepenTo<PlacedTag>(host, git, {
    sha: end.sha,
    candidates: (tags) => (isWhole || request.firstTimers ? [] : lowerTags(ownTags(tags, owner, packages), end.tag)),
    enough: isStable,
    from,
    paths: needsPaths(packages),
  });
}

/** Throws E_GIT: with a part of the history every answer would be a guess. */
export async function refuseShallow(git: Git): Promise<void> {
  const { stdout } = await git.run(['rev-parse', '--is-shallow-repository']);
  if (stdout.trim() !== 'true') return;
  throw new UserError('E_GIT', 'the checkout is shallow: it lacks the history and the tags to compare with', {
    cure: 'Check out with fetch-depth: 0 (actions/checkout), or run git fetch --unshallow --tags.',
  });
}
