import type { Finding } from './finding.ts';
import type { Location } from './source-tree.ts';

/** Against a baseline: was it there before? */
export type Standing = 'new' | 'existing';

/** A finding together with where it is and whose it is. */
export interface Placed {
  readonly finding: Finding;
  readonly location: Location | undefined;
  /** undefined: there was nothing to compare with. */
  readonly standing: Standing | undefined;
  /** Whether the pull request changed the line of the location; undefined: not known. */
  readonly changed: boolean | undefined;
  /** Whether the step fails for it. */
  readonly fails?: boolean;
}
