import { inertLine, type OutputsOf, UserError } from '@release-kit/action';
import { codeOfProblem, detailsOf, isFailure } from '../problem.ts';
import type { spec } from '../spec.ts';
import type { TargetResult } from '../target.ts';
import type { ToldProblem } from './told-problem.ts';

type Outputs = OutputsOf<typeof spec>;

/** What later steps of a job may ask for. `files`: absolute paths of the reports that were written. */
export function outputsOf(results: readonly TargetResult[], files: Pick<Outputs, 'report' | 'junit'>): Outputs {
  const tracks = results.flatMap((result) => result.tracks);
  const up = tracks.flatMap(({ units }) => units.filter((unit) => unit.outcome === 'up').map((unit) => inertLine(unit.unit)));
  const left = tracks.flatMap(({ leftovers }) => leftovers.found.map((leftover) => inertLine(leftover.what)));
  const named = (wanted: TargetResult['outcome']): string =>
    results
      .filter(({ outcome }) => outcome === wanted)
      .map(({ target }) => inertLine(target.name))
      .join('\n');
  return {
    // What nobody tried has not passed.
    result: named('failed') === '' && named('passed') !== '' ? 'passed' : 'failed',
    failedTargets: named('failed'),
    skippedTargets: named('skipped'),
    services: [...new Set(up)].join('\n'),
    leftover: [...new Set(left)].join('\n'),
    ...files,
  };
}

/** The first problem is the error, as it is the likeliest cause of the others, which are annotated beside it. */
export function failOnProblems(told: readonly ToldProblem[], outputs: Outputs): void {
  const [first, ...others] = told.map(({ problem }) => problem).filter(isFailure);
  if (first === undefined) return;
  const codes = [...new Set(others.map(codeOfProblem))].join(', ');
  const more = others.length === 0 ? '' : ` (and ${others.length} more: ${codes})`;
  throw new UserError(codeOfProblem(first), `${first.message}${more}`, { ...detailsOf(first), outputs });
}

/** A run that tried nothing proves nothing. Throws E_SMOKE_TARGET with the reasons. */
export function failWhenAllSkipped(results: readonly TargetResult[], outputs: Outputs): void {
  if (results.some(({ outcome }) => outcome !== 'skipped')) return;
  const reasons = [...new Set(results.map(({ reason }) => reason ?? 'skipped'))].join('; ');
  throw new UserError('E_SMOKE_TARGET', `no system could be reached, so nothing was tried: ${reasons}`, { outputs });
}
