import { CommandError, type Place, UserError } from '@release-kit/action';
import { type Category, categories, type SmokeCode } from './category.ts';

/**
 * A maintainer script of a package, where it is known with the line that ran last and its text as it was installed; a unit and what its file says the fault is in, such as `ExecStart`; a path that some
 * maintainer script speaks of; or a word in a field of a package in debian/control, such as `libfoo2` in Depends.
 */
export type Subject =
  | { readonly kind: 'script'; readonly package: string; readonly name: string; readonly line?: number; readonly script?: string }
  | { readonly kind: 'unit'; readonly unit: string; readonly setting?: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'field'; readonly package: string; readonly field: string; readonly word: string };

/** One failed check: gathered, so that a run tells of all of them at once. */
export interface Problem {
  readonly category: Category;
  /** States the problem; one line. */
  readonly message: string;
  /** Default: that of the category. */
  readonly cure?: string;
  readonly place?: Place;
  /** What is at fault, to find its file in the source tree. */
  readonly subject?: Subject;
  /** What proves it: a journal, an answer, the output of a command. Raw. */
  readonly evidence?: string;
  /** `warning`: told, and fails nothing. Default `error`. */
  readonly level?: 'error' | 'warning';
}

export const codeOfProblem = ({ category }: Problem): SmokeCode => categories[category].code;

/** What to do about it. */
export const cureOfProblem = ({ category, cure }: Problem): string => cure ?? categories[category].cure;

export const isFailure = ({ level }: Problem): boolean => level !== 'warning';

/** A step that cannot go on; the steps after it that need it are left out. */
export class ProblemError extends UserError {
  readonly problem: Problem;
  /** Further ones that were found by then. */
  readonly more: readonly Problem[];

  constructor(problem: Problem, cause?: unknown, more: readonly Problem[] = []) {
    super(codeOfProblem(problem), problem.message, cause === undefined ? detailsOf(problem) : { ...detailsOf(problem), cause });
    this.name = 'ProblemError';
    this.problem = problem;
    this.more = more;
  }
}

/** The parts of a problem that an error carries. */
export function detailsOf(problem: Problem): { cure: string; place?: Place } {
  return { cure: cureOfProblem(problem), ...(problem.place === undefined ? {} : { place: problem.place }) };
}

/** What a machine did instead of what it was told, as a problem; undefined for errors that are about something else. */
export function machineProblem(error: unknown): Problem | undefined {
  if (!(error instanceof UserError)) return undefined;
  const lines = error instanceof CommandError ? error.failure.lastLines : [];
  const said = { message: error.message, ...(lines.length === 0 ? {} : { evidence: lines.join('\n') }) };
  switch (error.code) {
    case 'E_TIMEOUT':
      return { category: 'step-hangs', ...said };
    case 'E_MACHINE':
    case 'E_COMMAND':
      return { category: 'machine-failed', ...said };
    default:
      return undefined;
  }
}
