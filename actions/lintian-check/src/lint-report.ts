import type { LintResult } from './lint-result.ts';

/** All findings for programs; `schema` grows when a field changes its meaning. Ends with a line feed. */
export function lintReport(result: LintResult): string {
  const findings = result.placed.map(({ finding, location }) => ({
    tag: finding.hint.tag,
    severity: finding.hint.severity,
    experimental: finding.hint.experimental,
    status: finding.status,
    package: finding.hint.package,
    type: finding.hint.type,
    distribution: finding.distribution,
    note: finding.hint.note,
    pointer: finding.hint.pointer ?? null,
    source: location === undefined ? null : location.shown,
  }));
  const { passed, failOn, version, counts } = result;
  const files = result.files.length;
  const report = { schema: 1, result: passed ? 'passed' : 'failed', failOn, lintian: version, files, counts, findings };
  return `${JSON.stringify(report, null, 2)}\n`;
}
