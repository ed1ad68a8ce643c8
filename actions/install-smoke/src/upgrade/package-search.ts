import type { Machine } from '@release-kit/machine';
import type { PackageFile, PackageSet } from '../package-manager.ts';

/** What the search for a previous release asks of a package manager; apt is the first. */
export interface PackageSearch {
  /** What package files of this host are (absolute paths), in the order given. ProblemError when one is damaged. */
  read(machine: Machine, files: readonly string[]): Promise<readonly PackageFile[]>;
  /**
   * Fetches the newest lower version of each package, where there is one, into an empty folder of this host. `source`: where to look
   * instead of the archive of the distribution, as the package manager writes such a place. ProblemError when it cannot be had.
   */
  downloadOlder(machine: Machine, set: PackageSet, source: string | undefined, folder: string): Promise<void>;
}
