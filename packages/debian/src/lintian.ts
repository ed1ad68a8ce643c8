/** What lintian said about a set of packages. */
export interface LintianReport {
  /** undefined in text reports, which do not say it. */
  readonly version: string | undefined;
  readonly files: readonly LintianFile[];
  /** Lines that tell of something left out: tainted, skipped, unreadable. Raw text. */
  readonly notices: readonly string[];
  /** What should be a hint and could not be read, each as it was found: shown and counted, never dropped. Raw text. */
  readonly unread: readonly string[];
}

export interface LintianFile {
  /**
   * As lintian names the file. In text reports, which name none: the package, followed by a blank and the type
   * when it is not a binary package (`hello source`).
   */
  readonly path: string;
  readonly hints: readonly Hint[];
}

export type HintType = 'binary' | 'udeb' | 'source' | 'changes' | 'buildinfo';

export const severities = ['error', 'warning', 'info', 'pedantic', 'classification'] as const;
export type Severity = (typeof severities)[number];

/** One finding. All texts are raw: package names, notes and paths come from the package. */
export interface Hint {
  readonly tag: string;
  readonly package: string;
  readonly type: HintType;
  /** Text reports do not say it of overridden, masked and experimental hints, which are `classification` until `withTagFacts` says better. */
  readonly severity: Severity;
  readonly experimental: boolean;
  readonly overridden: boolean;
  /** Taken back by lintian itself. */
  readonly masked: boolean;
  /** Names of the screens that took it back, where they are said. */
  readonly screens?: readonly string[];
  readonly note: string;
  /** Why it was overridden. */
  readonly justification?: string;
  readonly pointer?: Pointer;
}

export interface Pointer {
  /** As lintian writes it; hostile packages have paths such as `../../etc/passwd`. */
  readonly path: string;
  /** What the path is relative to: the source tree, the control archive, the installed system; undefined when not said. */
  readonly index: 'patched' | 'control' | 'installed' | undefined;
  /** From 1; undefined when the whole file is meant. */
  readonly line: number | undefined;
}
