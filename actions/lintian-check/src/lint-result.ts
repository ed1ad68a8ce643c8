import type { Counts, FailOn } from './finding.ts';
import type { Placed } from './placed.ts';

/** All that is told about a run; the summary, the reports and the outputs are functions of it. */
export interface LintResult {
  readonly passed: boolean;
  readonly failOn: FailOn;
  readonly version: string;
  /** How many files lintian looked at. */
  readonly files: number;
  readonly counts: Counts;
  readonly placed: readonly Placed[];
}
