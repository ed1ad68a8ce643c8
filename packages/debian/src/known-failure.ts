import { packagingFailures } from './known-failure-packaging.ts';
import { setupFailures, surroundingFailures } from './known-failure-setup.ts';
import { testFailures } from './known-failure-test.ts';
import { toolFailures } from './known-failure-tool.ts';

export type BuildCategory = 'compile' | 'configure' | 'depends' | 'test' | 'packaging' | 'network' | 'disk' | 'memory' | 'other';

export interface KnownFailure {
  readonly category: BuildCategory;
  /** A few words, small letters. */
  readonly title: string;
  /** What to do, one or two sentences. */
  readonly cure: string;
  /** Lines of a real log that are taken for this failure. */
  readonly example: readonly string[];
  /** For one line, tried in order; the groups message, file, line and column say what and where. Without patterns a parser knows it. */
  readonly patterns?: readonly RegExp[];
}

/** What is left to say when a tool only tells that another one failed. */
const followUps = {
  'make-rule': {
    category: 'other',
    title: 'rule of make failed',
    cure: 'Look at the lines above the failed rule in the log: the tool it ran says why.',
    example: ['make[1]: *** [Makefile:3: prog] Error 1'],
  },
  'tool-failed': {
    category: 'other',
    title: 'tool failed',
    cure: 'Look at the lines above in the log: the tool that was run says why.',
    example: ['ninja: build stopped: subcommand failed.'],
  },
} as const satisfies Record<string, KnownFailure>;

/** The one table of failures that are recognised: docs/build-failures.md is rendered from it. Of two that match a line, the first is meant. */
export const knownFailures = {
  ...surroundingFailures,
  ...setupFailures,
  ...toolFailures,
  ...packagingFailures,
  ...testFailures,
  ...followUps,
} as const satisfies Record<string, KnownFailure>;

export type FailureId = keyof typeof knownFailures;

/** The entry of the table, in its general type. */
export function knownFailure(id: FailureId): KnownFailure {
  return knownFailures[id];
}
