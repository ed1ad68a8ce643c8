import type { Finding } from './finding.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { reportSchemaVersion } from './lint-report-schema.ts';
import type { Comparison, LintResult, Override, PastFinding } from './lint-result.ts';

/**
 * Everything for programs. Texts are as lintian wrote them, so that a reader compares what is, not what is shown: a program that prints them has to make
 * them harmless. Ends with a line feed.
 */
export function lintReport(result: LintResult, failing: readonly Finding[]): string {
  const fails = new Set(failing);
  const fingerprints = fingerprintsOf(result.placed.map(({ finding }) => finding));
  const findings = result.placed.map(({ finding, location, standing, changed }, index) => ({
    tool: finding.tool,
    tag: finding.hint.tag,
    severity: finding.hint.severity,
    experimental: finding.hint.experimental,
    status: finding.status,
    fails: fails.has(finding),
    package: finding.hint.package,
    type: finding.hint.type,
    distribution: finding.distribution,
    file: finding.file,
    note: finding.hint.note,
    pointer: pointerOf(finding.hint.pointer),
    justification: finding.hint.justification ?? null,
    source: location === undefined ? null : location.shown,
    place: location?.place === undefined ? null : { file: location.place.file, line: location.place.line ?? null },
    exact: location?.exact ?? false,
    reason: location?.reason ?? null,
    standing: standing ?? null,
    changed: changed ?? null,
    fingerprint: fingerprints[index] ?? '',
  }));
  const { passed, failOn, failOnNew, version, counts, unread, comparison, skipped } = result;
  const report = {
    schema: reportSchemaVersion,
    result: passed ? 'passed' : 'failed',
    failOn,
    failOnNew,
    lintian: version,
    files: result.files.length,
    checked: result.files.map(({ name, distribution }) => ({ name, distribution })),
    tools: result.tools,
    counts,
    unread,
    comparison: comparison === undefined ? null : comparisonOf(comparison),
    newlyOverridden: result.newlyOverridden.map(overrideOf),
    unusedOverrides: result.unusedOverrides.map(overrideOf),
    skipped,
    findings,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function pointerOf(pointer: Finding['hint']['pointer']): unknown {
  return pointer === undefined ? null : { path: pointer.path, index: pointer.index ?? null, line: pointer.line ?? null };
}

function comparisonOf({ with: name, fixed, stale }: Comparison): unknown {
  const lines = stale.map(({ past, place }) => ({ ...pastOf(past), file: place.file, line: place.line ?? null }));
  return { with: name, fixed: fixed.map(pastOf), stale: lines };
}

function pastOf({ package: name, type, tag, context }: PastFinding): object {
  return { package: name, type, tag, context };
}

function overrideOf({ package: name, tag, context, location, remark }: Override): unknown {
  return { package: name, tag, context, source: location?.shown ?? null, remark: remark ?? null };
}
