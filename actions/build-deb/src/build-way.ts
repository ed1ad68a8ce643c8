import { crossProfiles, type Strategy } from '@release-kit/cross';

/** What a strategy makes of the inputs. */
export interface BuildWay {
  readonly profiles: readonly string[];
  /** DEB_BUILD_OPTIONS besides parallel. */
  readonly options: readonly string[];
  /** Without the `Architecture: all` packages. */
  readonly onlyAny: boolean;
  /** The foreign architecture of a cross build. */
  readonly crossFor: string | undefined;
  /** What was decided by itself, for the log. */
  readonly notes: readonly string[];
}

export interface BuildWishes {
  readonly strategy: Strategy;
  readonly buildAll: boolean;
  readonly tests: 'auto' | 'run' | 'skip';
  readonly profiles: readonly string[];
  readonly options: readonly string[];
}

/**
 * Programs of a foreign architecture do not run in a cross build, so neither do tests; emulated ones run, but many times slower, so they are
 * left out unless asked for. Both the profile (no dependencies of tests) and the option (no tests) are needed. A cross build makes the packages
 * of its architecture only: the others come from the native build, and their build dependencies need not cross.
 */
export function buildWay(wishes: BuildWishes, architecture: string): BuildWay {
  const { strategy, tests } = wishes;
  const cross = strategy === 'cross';
  const skip = cross || tests === 'skip' || (tests === 'auto' && strategy === 'emulate');
  const added = [...(cross ? crossProfiles : []), ...(skip ? ['nocheck'] : [])];
  const notes = [
    ...(skip && tests === 'auto'
      ? [`tests are left out: ${cross ? 'a cross build cannot run them' : 'emulated they take many times longer'}`]
      : []),
    ...(cross && wishes.buildAll ? ['packages of Architecture: all are left to the native build'] : []),
  ];
  return {
    profiles: [...new Set([...wishes.profiles, ...added])],
    options: [...new Set([...wishes.options, ...(skip ? ['nocheck'] : [])])],
    onlyAny: cross || !wishes.buildAll,
    crossFor: cross ? architecture : undefined,
    notes,
  };
}
