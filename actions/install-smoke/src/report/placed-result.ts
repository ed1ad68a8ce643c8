import type { Problem } from '../problem.ts';
import type { TargetResult } from '../target.ts';

/** The results with each problem replaced by what `place` makes of it, wherever it stands. */
export async function mapProblems(
  results: readonly TargetResult[],
  place: (problem: Problem) => Promise<Problem>,
): Promise<readonly TargetResult[]> {
  const known = new Map<Problem, Problem>();
  for (const { problems, tracks } of results)
    for (const problem of [...problems, ...tracks.flatMap((track) => track.problems)])
      if (!known.has(problem)) known.set(problem, await place(problem));
  const placed = (problems: readonly Problem[]): readonly Problem[] => problems.map((problem) => known.get(problem) ?? problem);
  return results.map((result) => ({
    ...result,
    problems: placed(result.problems),
    tracks: result.tracks.map((track) => ({
      ...track,
      problems: placed(track.problems),
      steps: track.steps.map((step) => ({ ...step, problems: placed(step.problems) })),
    })),
  }));
}
