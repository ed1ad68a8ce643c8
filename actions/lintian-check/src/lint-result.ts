import type { Place } from '@release-kit/action';
import type { Counts, FailOn, Tool } from './finding.ts';
import type { Placed } from './placed.ts';
import type { Location } from './source-tree.ts';

/** What was there before and is gone, as the baseline knew it. */
export interface PastFinding {
  readonly package: string;
  readonly type: string;
  readonly tag: string;
  /** Note and pointer without what moves; '' where there were none. */
  readonly context: string;
}

/** The findings against those of before. */
export interface Comparison {
  /** For a person, after "compared with": `the baseline debian/lintian-baseline`. */
  readonly with: string;
  readonly fixed: readonly PastFinding[];
  /** Lines of the baseline that say more than there is now. */
  readonly stale: readonly StaleEntry[];
}

export interface StaleEntry {
  readonly past: PastFinding;
  /** In the baseline. */
  readonly place: Place;
}

/** An override and where it stands. */
export interface Override {
  readonly package: string;
  readonly tag: string;
  /** What the override is limited to; '' for every finding of the tag. */
  readonly context: string;
  readonly location: Location | undefined;
  /** What it does, or what to do about it, one clause: `hides 2 findings`. Inert. */
  readonly remark?: string;
}

/** A file that was handed to lintian and has an entry in its report. */
export interface CheckedFile {
  readonly name: string;
  readonly distribution: string;
}

/** What was to be run and was not. */
export interface Skipped {
  readonly what: string;
  readonly reason: string;
}

/** All that is told about a run; the summary, the reports and the outputs are functions of it. */
export interface LintResult {
  readonly passed: boolean;
  /** Least severity that fails, of all findings. */
  readonly failOn: FailOn;
  /** Of findings that were not there before. */
  readonly failOnNew: FailOn;
  readonly version: string;
  /** What lintian looked at, each file once, by name. */
  readonly files: readonly CheckedFile[];
  /** What ran, lintian first. */
  readonly tools: readonly Tool[];
  readonly counts: Counts;
  readonly placed: readonly Placed[];
  /** Lines of lintian's output that could not be read. */
  readonly unread: number;
  /** undefined: there was nothing to compare with. */
  readonly comparison: Comparison | undefined;
  /** Overrides that the pull request adds. */
  readonly newlyOverridden: readonly Override[];
  /** Overrides that nothing matches. */
  readonly unusedOverrides: readonly Override[];
  readonly skipped: readonly Skipped[];
}
