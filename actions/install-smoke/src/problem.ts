import { type ErrorCode, type Place, UserError } from '@release-kit/action';

export type SmokeCode = Extract<ErrorCode, `E_SMOKE_${string}` | 'E_TIMEOUT'>;

/**
 * A maintainer script of a package; a unit and what its file says the fault is in, such as `ExecStart`; or a path that some
 * maintainer script speaks of.
 */
export type Subject =
  | { readonly kind: 'script'; readonly package: string; readonly name: string }
  | { readonly kind: 'unit'; readonly unit: string; readonly setting?: string }
  | { readonly kind: 'path'; readonly path: string };

/** One failed check: gathered, so that a run tells of all of them at once. */
export interface Problem {
  readonly code: SmokeCode;
  /** States the problem; one line. */
  readonly message: string;
  readonly cure?: string;
  readonly place?: Place;
  /** What is at fault, to find its file in the source tree. */
  readonly subject?: Subject;
  /** What proves it: a journal, an answer, the output of a command. Raw. */
  readonly evidence?: string;
}

/** A step that cannot go on; the steps after it that need it are left out. */
export class ProblemError extends UserError {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.code, problem.message, cause === undefined ? detailsOf(problem) : { ...detailsOf(problem), cause });
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The parts of a problem that an error carries. */
export function detailsOf({ cure, place }: Problem): { cure?: string; place?: Place } {
  return { ...(cure === undefined ? {} : { cure }), ...(place === undefined ? {} : { place }) };
}
