import type { ErrorCode } from '@release-kit/action/errors';
import { packagingFailures } from './known-failure-packaging.ts';
import { setupFailures, surroundingFailures } from './known-failure-setup.ts';
import { testFailures } from './known-failure-test.ts';
import { toolFailures } from './known-failure-tool.ts';

export type BuildCategory = 'compile' | 'configure' | 'depends' | 'test' | 'packaging' | 'network' | 'disk' | 'memory' | 'other';

/** The code that a build ends with, and what the category means. */
export const buildCategories = {
  compile: { code: 'E_BUILD_COMPILE', meaning: 'a compiler, linker or interpreter refuses the source' },
  configure: { code: 'E_BUILD', meaning: 'something the build needs is missing or wrong, found before anything is compiled' },
  depends: { code: 'E_BUILD_DEPENDS', meaning: 'a build dependency cannot be installed' },
  test: { code: 'E_BUILD_TEST', meaning: 'the package compiled, but its own tests failed' },
  packaging: { code: 'E_BUILD', meaning: 'debhelper or dpkg refuses what stands in debian/' },
  network: { code: 'E_BUILD_NETWORK', meaning: 'the build tried to use the network, which is off' },
  disk: { code: 'E_BUILD', meaning: 'the disk is full' },
  memory: { code: 'E_BUILD', meaning: 'memory ran out' },
  other: { code: 'E_BUILD', meaning: 'everything else that is recognised' },
} as const satisfies Record<BuildCategory, { readonly code: ErrorCode; readonly meaning: string }>;

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
