import type { ManifestFile } from '@release-kit/manifest';
import type { Figures } from './figures/figures.ts';
import type { Leftovers } from './files/leftover.ts';
import type { Problem } from './problem.ts';
import type { Step } from './steps.ts';
import type { UnitResult } from './units/services.ts';

/** A system that the packages are tried on. */
export interface Target {
  /** `debian:12/amd64`: unique in a run. */
  readonly name: string;
  /** `debian:12` */
  readonly distribution: string;
  /** Of the machine. */
  readonly architecture: string;
  /** What the packages were built for. */
  readonly builtFor: string;
  /** A root file system to use instead of one made from the archive; as `BaseRequest.image`. */
  readonly image: string | undefined;
  readonly debs: readonly ManifestFile[];
}

/** What came of a target, or of one track on it. */
export type Outcome = 'passed' | 'failed' | 'skipped';

/** A sequence of steps in one machine of its own. */
export interface TrackResult {
  /** `life cycle`, `upgrade`, `with recommended packages`, `beside nginx`, `preseeded`, … */
  readonly name: string;
  readonly outcome: Outcome;
  /** Why it was skipped. One line. */
  readonly reason?: string;
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
  readonly units: readonly UnitResult[];
  readonly leftovers: Leftovers;
  readonly figures: Figures;
  /** Those of the previous release, where it was installed. */
  readonly previousFigures: Figures;
}

export interface TargetResult {
  readonly target: Target;
  readonly outcome: Outcome;
  /** Why it was skipped. One line. */
  readonly reason?: string;
  readonly tracks: readonly TrackResult[];
  /** Of the target as a whole, such as one that cannot be reached; those of a track are in the track. */
  readonly problems: readonly Problem[];
}
