import type { Host } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import type { BootedMachine } from '@release-kit/machine';
import type { Figures } from './figures/figures.ts';
import type { MachineRun, PackageManager, PackageSet } from './package-manager.ts';
import type { Steps } from './steps.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Target } from './target.ts';
import type { Listener } from './units/listeners.ts';

/** A booted machine of one track, and what its steps share. */
export interface Session {
  readonly host: Host;
  readonly target: Target;
  readonly config: Config;
  readonly machine: BootedMachine;
  readonly run: MachineRun;
  readonly manager: PackageManager;
  /** The packages that are tried. */
  readonly packages: PackageSet;
  readonly steps: Steps;
  /** Milliseconds for each step. */
  readonly timeout: number;
  /** Who listened where before the packages were there. */
  readonly listeningBefore: readonly Listener[];
  /** Runs since the last installation or upgrade was done. */
  readonly installed: Stopwatch;
  /** Notes what was measured of the installed packages, and answers with all that was; the last figure of a name counts. */
  readonly measure: (figures: Figures) => Figures;
  /** The same for the previous release, while that is what is installed. */
  readonly measurePrevious: (figures: Figures) => Figures;
  /** To be called when there is little to do for a while: what runs in other machines has its time now. */
  readonly atRest: () => void;
}
