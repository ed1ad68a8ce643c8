import type { Argv, ExecResult } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';

/** Runs a command inside the machine, booted or not. */
export type MachineRun = (
  argv: Argv,
  options: { readonly allow: 'any'; readonly timeout: number; readonly env: Readonly<Record<string, string>> },
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
}

/** What a set is installed with. */
export interface InstallWishes {
  /** Whether recommended packages come along. */
  readonly recommends: boolean;
  /** Packages of the distribution that must be there as well. */
  readonly beside: readonly string[];
}

/** What a package says of a path. */
export interface PackagedPath {
  readonly path: string;
  readonly package: string;
  readonly isConfiguration: boolean;
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
  /** Copies the sets into the machine, and fetches all that they depend on; the only method with a network. Installs nothing. */
  prepare(machine: Machine, sets: readonly PackageSet[], wishes: InstallWishes): Promise<InstallPlan>;
  /** Installs what `prepare` fetched. */
  installDependencies(run: MachineRun, plan: InstallPlan): Promise<void>;
  /** Installs exactly these versions, also over newer or older ones. */
  install(run: MachineRun, set: PackageSet): Promise<void>;
  reinstall(run: MachineRun, set: PackageSet): Promise<void>;
  /** Configuration stays. */
  remove(run: MachineRun, set: PackageSet): Promise<void>;
  /** Dependencies stay, so that what is found afterwards was the packages' own. */
  purge(run: MachineRun, set: PackageSet): Promise<void>;
  /** All paths that the installed packages of the set brought. */
  pathsOf(run: MachineRun, set: PackageSet): Promise<readonly PackagedPath[]>;
  /** Which package each path belongs to; those of nobody are left out. */
  ownersOf(run: MachineRun, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** All that it remembers besides files. */
  records(run: MachineRun): Promise<readonly ManagerRecord[]>;
  /** Its own files, which every installation changes. */
  readonly ownFiles: readonly RegExp[];
}
