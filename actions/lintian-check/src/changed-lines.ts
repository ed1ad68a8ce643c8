import { type Host, type Place, UserError } from '@release-kit/action';
import { type ChangedLines, changedLines, findCheckout, openGit, pullRequestBase, repositoryPaths } from '@release-kit/git';
import { pullRequestOf } from '@release-kit/github';
import type { Placed } from './placed.ts';

/** Marks the findings on lines that the pull request changed. Where that cannot be known they stay as they are, and the reason is told once. */
export async function markChanged(placed: readonly Placed[], source: string, host: Host): Promise<readonly Placed[]> {
  const pull = await pullRequestOf(host);
  if (pull === undefined) return placed;
  try {
    const pathOf = await repositoryPaths(source, host.files.workspace);
    await using git = await openGit(host, await findCheckout(source));
    const base = await pullRequestBase(git, pull);
    if (base.kind === 'unknown') return unknown(placed, base.reason, host);
    const paths = new Set(placed.flatMap(({ location }) => pathOf(location?.place) ?? []));
    const changed = await changedLines(git, base.commit, [...paths].sort());
    return placed.map((each) => ({ ...each, changed: isChanged(each.location?.place, pathOf, changed) }));
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_GIT') throw error;
    return unknown(placed, error.message, host);
  }
}

/** A finding about a whole file stands on a changed line when the file was changed at all. */
function isChanged(place: Place | undefined, pathOf: (place: Place) => string | undefined, changed: ChangedLines): boolean | undefined {
  const path = place === undefined ? undefined : pathOf(place);
  if (place === undefined || path === undefined) return undefined;
  const ranges = changed.get(path);
  const { line } = place;
  if (ranges === undefined || line === undefined) return ranges !== undefined;
  return ranges.some(({ first, last }) => first <= line && line <= last);
}

function unknown(placed: readonly Placed[], reason: string, host: Host): readonly Placed[] {
  host.log.info(`which lines the pull request changed is not known, so none of its findings come first: ${reason}`);
  return placed;
}
