import { UserError } from '@release-kit/action/errors';
import type { BuildSystem } from './build-system.ts';

/** How packages for an architecture are made on this host. */
export type Strategy = 'native' | 'cross' | 'emulate';
export type WantedStrategy = Strategy | 'auto';

export interface StrategyDecision {
  readonly strategy: Strategy;
  /** In words, as the end of a sentence: for the log, the summary and an output. */
  readonly reason: string;
}

export interface StrategyFacts {
  readonly wanted: WantedStrategy;
  /** What is built for, and what this host is; Debian's names. */
  readonly architecture: string;
  readonly own: string;
  /** How this host runs programs of that architecture. */
  readonly ability: 'native' | 'emulated' | 'no';
  /** Every package of the source is `Architecture: all`. */
  readonly onlyAll: boolean;
  /** The package's own tests are to be run, which a cross build cannot. */
  readonly tests: boolean;
}

/** The decision, where neither the source nor the archive has to be asked; undefined where they have. Throws E_ARCHITECTURE, E_INPUT. */
export function decideAtOnce({ wanted, architecture, own, ability, onlyAll, tests }: StrategyFacts): StrategyDecision | undefined {
  if (onlyAll) return { strategy: 'native', reason: 'all its packages are for every architecture' };
  if (architecture === own) return { strategy: 'native', reason: `this host is ${own}` };
  switch (wanted) {
    case 'native':
      if (ability === 'native') return { strategy: 'native', reason: `this ${own} host runs programs of ${architecture} itself` };
      throw new UserError('E_ARCHITECTURE', `this ${own} host cannot build for ${architecture} natively`, {
        cure: `Build on a host of that architecture, or with the strategy auto, cross or emulate.`,
      });
    case 'cross':
      if (!tests) return { strategy: 'cross', reason: 'it was asked for' };
      throw new UserError('E_INPUT', 'input tests: a cross build cannot run the tests of a package', {
        cure: 'Build with the strategy emulate, or leave the input tests out.',
      });
    case 'emulate':
      return { strategy: 'emulate', reason: 'it was asked for' };
    case 'auto':
      if (ability === 'native') return { strategy: 'native', reason: `this ${own} host runs programs of ${architecture} itself` };
      return tests ? { strategy: 'emulate', reason: 'its tests are to be run, which a cross build cannot' } : undefined;
  }
}

/** What apt's solver says of the build dependencies for a cross build. */
export type Satisfiable = { readonly satisfiable: true } | { readonly satisfiable: false; readonly reason: string };

/** The decision of `auto` for a foreign architecture: cross where both the build system and the archive allow it, else emulated. */
export function decideByAsking(architecture: string, buildSystem: BuildSystem, solver: Satisfiable): StrategyDecision {
  const { name, crosses, reason } = buildSystem;
  if (!crosses) return { strategy: 'emulate', reason: `${name}: ${reason}` };
  if (!solver.satisfiable)
    return {
      strategy: 'emulate',
      reason: `${name} crosses, but its build dependencies cannot be had for ${architecture}: ${solver.reason}`,
    };
  return { strategy: 'cross', reason: `${name}: ${reason}; its build dependencies can be had for ${architecture}` };
}
