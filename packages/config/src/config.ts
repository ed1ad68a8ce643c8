import type { Place } from '@release-kit/action/errors';
import type { ChangelogConfig } from './changelog-config.ts';
import type { SmokeConfig } from './smoke-config.ts';

/** How a foreign architecture is built; `auto` takes the fastest way that works. */
export type Strategy = 'auto' | 'native' | 'cross' | 'emulate';

/** Effective configuration: release-kit.yml with every default filled in. */
export interface Config {
  /** undefined when the file lists none: then they are looked for. */
  readonly packages: readonly PackageConfig[] | undefined;
  /** Patterns of files that every package depends on. */
  readonly shared: readonly string[];
  readonly architectures: readonly string[];
  readonly distributions: readonly string[];
  readonly build: { readonly strategy: Strategy /** By architecture. */; readonly strategies: Readonly<Record<string, Strategy>> };
  /** Architecture -> runner labels. */
  readonly runners: Readonly<Record<string, readonly string[]>>;
  readonly matrix: MatrixConfig;
  readonly lint: LintConfig;
  readonly smoke: SmokeConfig;
  readonly changelog: ChangelogConfig;
  readonly release: { readonly draft: boolean; readonly channels: Readonly<Record<string, string>> };
  /** Where each value stands in the file: path such as `smoke.services[0].unit`; nothing for defaults. */
  readonly place: (path: string) => Place | undefined;
}

/** What is undefined is as for every package. */
export interface PackageConfig {
  /** Folder that holds debian/, from the root of the repository. */
  readonly path: string;
  readonly name: string | undefined;
  /** Patterns of files, `!` in front leaves out again, the last match decides. */
  readonly paths: readonly string[] | undefined;
  readonly distributions: readonly string[] | undefined;
  readonly architectures: readonly string[] | undefined;
  readonly strategy: Strategy | undefined;
  readonly strategies: Readonly<Record<string, Strategy>>;
}

export interface MatrixConfig {
  readonly exclude: readonly MatrixChoice[];
  readonly include: readonly MatrixInclude[];
  readonly failFast: boolean;
  readonly maxParallel: number | undefined;
}

/** Patterns with `*` and `?`; `*` where the file says nothing. Distributions by their number. */
export interface MatrixChoice {
  readonly package: string;
  readonly distribution: string;
  readonly architecture: string;
}

export interface MatrixInclude extends MatrixChoice {
  readonly strategy: Strategy | undefined;
  readonly runner: readonly string[] | undefined;
}

/** Least severity that fails. */
export type FailLevel = 'error' | 'warning' | 'info' | 'pedantic' | 'never';

export interface LintConfig {
  /** Of all findings. */
  readonly failOn: FailLevel;
  /** Of findings that were not there before. */
  readonly failOnNew: FailLevel;
  /** `build`: that of the distribution the packages are for; else the name of a distribution. */
  readonly lintian: string;
  /** From the root of the repository; undefined when the file names none. */
  readonly baseline: string | undefined;
  /** What runs beside lintian. */
  readonly also: readonly LintTool[];
}

/** `all`: every other one. */
export type LintTool = 'all' | 'blhc' | 'desktop-file-validate' | 'appstreamcli' | 'shellcheck' | 'systemd-analyze';
