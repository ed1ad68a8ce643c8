import { basename } from 'node:path/posix';
import { inertLine } from '@release-kit/action';
import type { LintianReport } from '@release-kit/debian';

/** Why a report cannot be trusted; empty when lintian looked at every file. */
export interface Gaps {
  /** Names of the files without an entry. */
  readonly files: readonly string[];
  /** What lintian said about leaving something out, inert. */
  readonly notices: readonly string[];
}

/** What lintian says of a package whose members it could not read: there was nothing to check inside. */
const unreadableTags: readonly string[] = ['malformed-deb-archive'];

/**
 * Compares a report with the files that were to be checked. lintian ends with 0 after skipping a damaged package or one
 * with hostile fields, so its exit code is no proof.
 */
export function gapsOf(report: LintianReport, expected: readonly string[], notices: readonly string[]): Gaps {
  const read = report.files.filter((file) => !file.hints.some(({ tag }) => unreadableTags.includes(tag)));
  const seen = new Set(read.map((file) => basename(file.path)));
  return {
    files: expected.filter((name) => !seen.has(name)),
    notices: [...new Set([...report.notices, ...notices])].map(inertLine),
  };
}

/** One sentence for the message of E_LINT_INCOMPLETE; undefined when nothing is missing. */
export function gapMessage(gaps: Gaps, exitCode: number | null): string | undefined {
  const said = gaps.notices.length > 0 ? `; lintian said: ${gaps.notices.slice(0, 3).join(' | ')}` : '';
  if (gaps.files.length > 0) return `lintian did not check ${gaps.files.map(inertLine).join(', ')}${said}`;
  if (exitCode !== 0) return `lintian ended with ${exitCode === null ? 'a signal' : `exit code ${exitCode}`} before it was done${said}`;
  return said === '' ? undefined : `lintian left something out${said}`;
}

const alarming = /\b(?:tainted|skipping|No packages selected|internal error|cannot run|does not exist, exiting)\b/i;

/** Lines of lintian's standard error that tell of something left out. */
export function noticesOf(stderr: string): readonly string[] {
  return stderr
    .split('\n')
    .filter((line) => alarming.test(line))
    .map((line) => line.trim());
}
