import type { HealthCheck } from './health-check.ts';

/** The section `smoke`: how packages are tried on clean systems. */
export interface SmokeConfig {
  /** `debian:12` or `debian:12/arm64`; none: what was built for. */
  readonly targets: readonly string[];
  /** What becomes of a target whose system cannot be made. */
  readonly unreachable: 'fail' | 'skip';
  readonly services: readonly ServiceCheck[];
  /** Checks that belong to no service of their own. */
  readonly checks: readonly HealthCheck[];
  /** Run inside the machine after the services are up, as `/bin/sh -c`; exit code 0 is good. */
  readonly commands: readonly string[];
  readonly files: readonly FileCheck[];
  /** Addresses that the packages listen on, such as `127.0.0.1:8080/tcp`; undefined: those they have are only listed. */
  readonly ports: readonly string[] | undefined;
  readonly allow: SmokeAllowances;
  /** Whether there is a track with recommended packages. */
  readonly recommends: boolean;
  /** Each entry: packages of the distribution that are there in a track of its own. */
  readonly beside: readonly (readonly string[])[];
  /** File of answers for debconf-set-selections(1), from the root of the repository: one more track. */
  readonly preseed: string | undefined;
  /** Where the release before this one is; undefined: no upgrade is tried. */
  readonly previous: PreviousRelease | undefined;
  readonly figures: FigureLimits;
  /** Whether debian/tests are run by autopkgtest when there are any. */
  readonly autopkgtest: boolean;
  /** Whether piuparts runs as well. */
  readonly piuparts: boolean;
}

/** Patterns of absolute paths (`*` within a name, `**` over names). */
export interface SmokeAllowances {
  /** May change although they are not the packages' own. */
  readonly changes: readonly string[];
  /** May stay after the purge. */
  readonly leftovers: readonly string[];
  /** May have modes, owners or capabilities that a check would tell of. */
  readonly modes: readonly string[];
}

export type PreviousRelease =
  /** Packages in a folder, from the root of the repository. */
  | { readonly from: 'folder'; readonly path: string }
  /** The newest release on GitHub that is lower, or that of a tag; `owner/name`, undefined: this repository. */
  | { readonly from: 'github'; readonly repository: string | undefined; readonly tag: string | undefined }
  /** An APT repository: a deb822 source or a one-line one, with keys of its own. */
  | { readonly from: 'apt'; readonly source: string }
  /** The older version that the distribution itself has. */
  | { readonly from: 'distribution' };

/** By how much each figure may exceed that of the previous release: 0.5 is by half; undefined: not compared. */
export interface FigureLimits {
  readonly install: number | undefined;
  readonly active: number | undefined;
  readonly healthy: number | undefined;
  readonly memory: number | undefined;
  readonly processor: number | undefined;
  readonly disk: number | undefined;
  /** What exceeding does. */
  readonly exceeded: 'fail' | 'warn';
}

export interface ServiceCheck {
  /** `hello.service` */
  readonly unit: string;
  /** State that the installation must leave it in. */
  readonly state: 'active' | 'inactive';
  readonly healthy: readonly HealthCheck[];
}

export interface FileCheck {
  readonly path: string;
  /** Four octal digits: `0640`. */
  readonly mode: string | undefined;
  readonly owner: string | undefined;
  readonly group: string | undefined;
}
