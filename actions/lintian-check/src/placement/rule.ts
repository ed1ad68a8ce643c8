import type { Finder } from './subject.ts';

/** How findings of some tags are placed. */
export interface PlacementRule {
  /** Names of tags; `*` stands for anything. A name without it comes before all patterns, and of patterns the first counts. */
  readonly tags: readonly string[];
  /** In words, for the table of rules: where such a finding is shown. */
  readonly place: string;
  readonly find: Finder;
}
