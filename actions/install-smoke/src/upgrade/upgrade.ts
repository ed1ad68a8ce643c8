import type { PreviousRelease } from '@release-kit/config';
import { isFailure } from '../problem.ts';
import { startSteps } from '../steps.ts';
import type { TrackResult } from '../target.ts';
import { runTraced } from '../tracing/traced-run.ts';
import { type Ground, resultOf, skippedTrack } from '../tracks/track.ts';
import type { PackageSearch } from './package-search.ts';
import { findPrevious } from './previous.ts';
import { versionsText } from './previous-set.ts';
import { upgradeTrack } from './upgrade-track.ts';

/** Where the previous release is, and how it is had. */
export interface UpgradeWishes {
  readonly previous: PreviousRelease;
  /** For releases on GitHub; undefined: only public ones. */
  readonly githubToken: string | undefined;
  readonly search: PackageSearch;
}

/** The track `upgrade`, from the search for the previous release on; skipped where there is none yet. */
export async function runUpgrade(ground: Ground, wishes: UpgradeWishes): Promise<TrackResult> {
  const { host, packages } = ground;
  const steps = startSteps(host);
  await using stack = new AsyncDisposableStack();
  const found = await steps.run('find previous', async () => {
    const previous = stack.use(await findPrevious(ground, wishes));
    if (previous.kind === 'none') return { previous, skipped: true, note: previous.reason };
    const fresh = previous.fresh.length === 0 ? '' : `; new in this release: ${previous.fresh.join(', ')}`;
    return { previous, note: `${versionsText(previous.set)}, from ${previous.from}${fresh}` };
  });
  if (found === undefined) return resultOf('upgrade', steps);
  if (found.previous.kind === 'none') return { ...skippedTrack('upgrade', found.previous.reason), steps: steps.list };
  const result = await runTraced(ground, upgradeTrack(packages, found.previous.set));
  const problems = [...steps.problems, ...result.problems];
  return { ...result, outcome: problems.some(isFailure) ? 'failed' : result.outcome, steps: [...steps.list, ...result.steps], problems };
}
