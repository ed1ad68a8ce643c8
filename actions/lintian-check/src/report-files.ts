import type { PathOf, ReportFile } from '@release-kit/action';
import type { Explanations } from './explanation.ts';
import type { Finding } from './finding.ts';
import { junitReport } from './junit.ts';
import { lintReport } from './lint-report.ts';
import type { LintResult } from './lint-result.ts';
import { type SarifContent, sarifReport } from './sarif.ts';

/** Absolute paths of the reports that are asked for. */
export interface ReportPaths {
  readonly report: string | undefined;
  readonly sarif: string | undefined;
  readonly junit: string | undefined;
}

/** The asked reports of a result. */
export function reportFiles(
  paths: ReportPaths,
  sarif: { readonly content: SarifContent; readonly pathOf: PathOf },
  result: LintResult,
  explanations: Explanations,
  failing: readonly Finding[],
): readonly ReportFile[] {
  return [
    ...(paths.report === undefined ? [] : [{ path: paths.report, text: lintReport(result, failing) }]),
    ...(paths.sarif === undefined ? [] : [{ path: paths.sarif, text: sarifReport(result, explanations, sarif.content, sarif.pathOf) }]),
    ...(paths.junit === undefined ? [] : [{ path: paths.junit, text: junitReport(result, explanations, failing) }]),
  ];
}
