import { basename } from 'node:path/posix';
import type { AnnotationLevel } from '@release-kit/action';
import type { Hint, LintianReport } from '@release-kit/debian';

export type Severity = Hint['severity'];
export type FailOn = 'error' | 'warning' | 'info' | 'pedantic' | 'never';

/** `open`: to be acted on. `overridden`: accepted by the maintainer in debian/. `masked`: lintian itself set it aside. */
export type Status = 'open' | 'overridden' | 'masked';

/** Who says it. What stands beside lintian says it in lintian's terms. */
export const tools = ['lintian', 'blhc', 'desktop-file-validate', 'appstreamcli', 'shellcheck', 'systemd-analyze'] as const;
export type Tool = (typeof tools)[number];

export interface Finding {
  readonly tool: Tool;
  readonly hint: Hint;
  readonly status: Status;
  readonly distribution: string;
  /** Name of the checked file: a .deb, .dsc, .changes. */
  readonly file: string;
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, pedantic: 3, classification: 4 };

/** 0 for errors, more for what is less grave. */
export function severityRank({ hint }: Finding): number {
  return ranks[hint.severity];
}

/**
 * All hints of all reports, most severe first, else in lintian's order; what is not open comes last. `beside`: findings of other tools,
 * which come after lintian's of the same rank.
 */
export function rankFindings(
  reports: readonly { readonly distribution: string; readonly report: LintianReport }[],
  beside: readonly Finding[] = [],
): readonly Finding[] {
  const all = reports.flatMap(({ distribution, report }) =>
    report.files.flatMap(({ path, hints }) =>
      hints.map((hint): Finding => ({ tool: 'lintian', hint, distribution, file: basename(path), status: statusOf(hint) })),
    ),
  );
  const rank = (finding: Finding): number => ranks[finding.hint.severity] + (finding.status === 'open' ? 0 : 10);
  return [...all, ...beside].toSorted((a, b) => rank(a) - rank(b));
}

function statusOf(hint: Hint): Status {
  if (hint.overridden) return 'overridden';
  return hint.masked ? 'masked' : 'open';
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly pedantic: number;
  /** Tags that lintian is still trying out: shown, never failing. */
  readonly experimental: number;
  readonly overridden: number;
  readonly masked: number;
}

export function countFindings(findings: readonly Finding[]): Counts {
  const open = (severity: Severity): number => findings.filter((finding) => isFirm(finding) && finding.hint.severity === severity).length;
  const status = (wanted: Status): number => findings.filter((finding) => finding.status === wanted).length;
  return {
    error: open('error'),
    warning: open('warning'),
    info: open('info'),
    pedantic: open('pedantic'),
    experimental: findings.filter((finding) => finding.status === 'open' && finding.hint.experimental).length,
    overridden: status('overridden'),
    masked: status('masked'),
  };
}

/** Open, and not of a tag that lintian calls experimental. */
function isFirm(finding: Finding): boolean {
  return finding.status === 'open' && !finding.hint.experimental;
}

/** The findings that fail the step: at or above the level, unlike lintian's own option, where `warning` leaves out errors. */
export function failingFindings(findings: readonly Finding[], failOn: FailOn): readonly Finding[] {
  if (failOn === 'never') return [];
  return findings.filter((finding) => isFirm(finding) && ranks[finding.hint.severity] <= ranks[failOn]);
}

/** How loud GitHub shows it; undefined for what is not shown. */
export function annotationLevel(finding: Finding): AnnotationLevel | undefined {
  if (finding.status !== 'open') return undefined;
  if (finding.hint.experimental) return 'notice';
  switch (finding.hint.severity) {
    case 'error':
      return 'error';
    case 'warning':
      return 'warning';
    case 'info':
    case 'pedantic':
      return 'notice';
    case 'classification':
      return undefined;
  }
}
