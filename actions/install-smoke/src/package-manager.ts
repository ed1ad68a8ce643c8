import type { Argv, ExecResult } from '@release-kit/action';
import type { BaseSystem, Machine } from '@release-kit/machine';
import type { Problem } from './problem.ts';

/** Runs a command inside the machine, booted or not. */
export type MachineRun = (
  argv: Argv,
  options: {
    readonly allow: 'any';
    readonly timeout: number;
    readonly env: Readonly<Record<string, string>>;
    readonly onLine?: (line: string) => void;
  },
) => Promise<ExecResult>;

/** A package of a set. */
export interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** Absolute path on this host. */
  readonly file: string;
}

/** Packages that are installed together. */
export interface PackageSet {
  /** For people: `new`, `previous`. */
  readonly label: string;
  readonly packages: readonly PackageFile[];
}

/** What installing a set brings besides the packages. */
export interface InstallPlan {
  /** Packages that come along, without the ones asked for. */
  readonly dependencies: readonly string[];
  /** Installed packages that would go. */
  readonly removed: readonly string[];
  /** Recommendations that nothing fulfils, where they were asked for: one line each, inert. */
  readonly absent: readonly string[];
}

/** What a set is installed with. */
export interface InstallWishes {
  /** Whether recommended packages come along. */
  readonly recommends: boolean;
  /** Packages of the distribution that must be there as well. */
  readonly beside: readonly string[];
}

/** A program that a package runs while it is installed or removed. */
export interface PackageScript {
  readonly package: string;
  /** `postinst` */
  readonly name: string;
  readonly text: string;
}

export interface InstallOptions {
  /** Allows going back from higher versions. */
  readonly downgrade?: boolean;
  /** Keeps configuration files that were changed by hand and by the packages, where a person would be asked. Without it that is a failure. */
  readonly keepConfiguration?: boolean;
}

/** What an installation that ended well left to say. */
export interface Installation {
  /** Of the package manager and the scripts. Raw. */
  readonly output: string;
  /** What was not as it should be, and failed nothing. */
  readonly warnings: readonly Problem[];
  /** Configuration files that were kept where a person would have been asked. */
  readonly kept: readonly string[];
}

/** What a package says of a path. */
export interface PackagedPath {
  readonly path: string;
  readonly package: string;
  readonly isConfiguration: boolean;
}

/** A file or folder as it was packed. */
export interface PackedPath {
  readonly path: string;
  /** The twelve mode bits. */
  readonly mode: number;
  /** Names. */
  readonly owner: string;
  readonly group: string;
}

/** A line of what a package manager remembers besides files. */
export interface ManagerRecord {
  /**
   * `package`: one that is installed; `unfinished`: one that is neither installed nor gone; `diversion`: a file that goes by another
   * name; `override`: a mode of an administrator; `answer`: to a question of a package; `file`: a configuration file that a package
   * has made and registered.
   */
  readonly kind: 'package' | 'unfinished' | 'diversion' | 'override' | 'answer' | 'file';
  /** One line. Raw. */
  readonly text: string;
  /** Those it speaks of, where it is about paths. */
  readonly paths: readonly string[];
}

/**
 * What the life cycle asks of a package manager; apt is the first. Every method ends with a ProblemError that says what is at fault
 * when the packages are.
 */
export interface PackageManager {
  /**
   * The system with all that the sets depend on installed, and none of their packages: the only method with a network. Kept, so that
   * the next time needs none.
   */
  prepare(sets: readonly PackageSet[], wishes: InstallWishes): Promise<BaseSystem>;
  /** Brings the sets into a machine of that system, where the other methods find them. Returns what `prepare` did. */
  provide(machine: Machine, sets: readonly PackageSet[]): Promise<InstallPlan>;
  /** Whether any package of the sets recommends others. */
  hasRecommendations(sets: readonly PackageSet[]): Promise<boolean>;
  /** Installs exactly these versions, of the files of the set and nothing else; over lower ones, and over higher ones when told to. */
  install(run: MachineRun, set: PackageSet, options?: InstallOptions): Promise<Installation>;
  /** Installs the same versions again. */
  reinstall(run: MachineRun, set: PackageSet): Promise<Installation>;
  /** Configuration stays. Returns the names of other packages that went along, as they need these. */
  remove(run: MachineRun, set: PackageSet): Promise<readonly string[]>;
  /** Dependencies stay, so that what is found afterwards was the packages' own. */
  purge(run: MachineRun, set: PackageSet): Promise<void>;
  /** All paths that the installed packages of the set brought. */
  pathsOf(run: MachineRun, set: PackageSet): Promise<readonly PackagedPath[]>;
  /** The maintainer scripts of the installed packages of the set. */
  scriptsOf(run: MachineRun, set: PackageSet): Promise<readonly PackageScript[]>;
  /** Modes and owners that the packages of the set were packed with. */
  packedPathsOf(run: MachineRun, set: PackageSet): Promise<readonly PackedPath[]>;
  /** Which package each path belongs to; those of nobody are left out. */
  ownersOf(run: MachineRun, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** All that it remembers besides files. */
  records(run: MachineRun): Promise<readonly ManagerRecord[]>;
  /** Its own files, which every installation changes. */
  readonly ownFiles: readonly RegExp[];
}
