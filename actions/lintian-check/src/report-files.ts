import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, inertLine, UserError } from '@release-kit/action';
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

/** A report that is to be written. */
export interface ReportFile {
  readonly path: string;
  readonly text: string;
}

/** Two reports in one file would be one that is lost. Throws UserError E_INPUT; asked before anything takes long. */
export function checkReportPaths(paths: ReportPaths): void {
  const asked = Object.entries(paths).flatMap(([name, path]) => (path === undefined ? [] : [{ name, path: String(path) }]));
  for (const [index, { name, path }] of asked.entries()) {
    const other = asked.slice(0, index).find((earlier) => earlier.path === path);
    if (other !== undefined) throw new UserError('E_INPUT', `inputs ${other.name} and ${name} name the same file, ${inertLine(path)}`);
  }
}

/** The asked reports of a result. */
export function reportFiles(
  paths: ReportPaths,
  content: SarifContent,
  result: LintResult,
  explanations: Explanations,
  failing: readonly Finding[],
): readonly ReportFile[] {
  return [
    ...(paths.report === undefined ? [] : [{ path: paths.report, text: lintReport(result, failing) }]),
    ...(paths.sarif === undefined ? [] : [{ path: paths.sarif, text: sarifReport(result, explanations, content) }]),
    ...(paths.junit === undefined ? [] : [{ path: paths.junit, text: junitReport(result, explanations, failing) }]),
  ];
}

/** Writes each as a whole or not at all, into a folder that is made where it is missing. Throws UserError E_PATH. */
export async function writeReports(files: readonly ReportFile[]): Promise<void> {
  for (const { path, text } of files) {
    const unfinished = `${path}.${randomUUID()}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(unfinished, text, { flag: 'wx' });
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      const code = codeOf(error);
      if (code === undefined) throw error;
      throw new UserError('E_PATH', `the report ${inertLine(path)} cannot be written: ${code}`, { cause: error });
    }
  }
}
