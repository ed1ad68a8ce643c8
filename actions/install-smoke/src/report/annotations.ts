import { type Annotation, maxPerLevel } from '@release-kit/action';
import { codeOfProblem, cureOfProblem, isFailure } from '../problem.ts';
import { seenText, type ToldProblem } from './told-problem.ts';

/**
 * The annotations of a run, within what GitHub shows of one step: one for each problem, and one that counts those without room. The first failure is left
 * out, since it is the error that ends the step; that carries no evidence, so its evidence stands beside it.
 */
export function annotationsOf(told: readonly ToldProblem[]): readonly Annotation[] {
  const failures = told.filter(({ problem }) => isFailure(problem));
  const warnings = told.filter(({ problem }) => !isFailure(problem));
  const [first, ...others] = failures;
  const shown = [...others.slice(0, maxPerLevel - 1), ...warnings.slice(0, maxPerLevel)];
  const rest = told.length - shown.length - (first === undefined ? 0 : 1);
  return [...evidenceOf(first), ...shown.map(annotationOf), ...restOf(rest)];
}

function evidenceOf(first: ToldProblem | undefined): readonly Annotation[] {
  if (first?.problem.evidence === undefined) return [];
  return [{ level: 'notice', title: 'install-smoke: what was seen', message: first.problem.evidence, ...first.problem.place }];
}

function annotationOf({ problem, seen }: ToldProblem): Annotation {
  const text = `${problem.message}. ${cureOfProblem(problem)}`;
  const where = seen.length < 2 ? '' : `\nSeen on ${seenText(seen)}.`;
  return {
    level: isFailure(problem) ? 'error' : 'warning',
    title: `install-smoke: ${codeOfProblem(problem)} ${problem.category}`,
    message: `${text}${where}${problem.evidence === undefined ? '' : `\n${problem.evidence}`}`,
    ...problem.place,
  };
}

function restOf(count: number): readonly Annotation[] {
  if (count <= 0) return [];
  const words = count === 1 ? 'one more problem is' : `${count} more problems are`;
  return [{ level: 'notice', title: 'install-smoke: not all is shown here', message: `${words} in the summary and in the log` }];
}
