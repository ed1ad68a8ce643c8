import { lifeCycle } from './life-cycle.ts';
import type { Ground, Track } from './track.ts';

/** A track of a target, or why there is none of that name. */
export type PlannedTrack =
  | { readonly kind: 'track'; readonly track: Track }
  /** Asked for, and cannot be. `reason`: one line. */
  | { readonly kind: 'skipped'; readonly name: string; readonly reason: string };

/** What is tried on a target, in the order of the reports: the life cycle first, and what the configuration asks for. */
export function tracksOf(ground: Ground): readonly PlannedTrack[] {
  return [{ kind: 'track', track: lifeCycle(ground) }];
}
