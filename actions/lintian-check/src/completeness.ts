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

const checkLine = /^(?:N: )?Running check: \S+ on (binary|udeb|source|changes|buildinfo):(\S+)\s+\.\.\.$/;
const typeOfEnding: Readonly<Record<string, string>> = {
  deb: 'binary',
  ddeb: 'binary',
  udeb: 'udeb',
  dsc: 'source',
  changes: 'changes',
  buildinfo: 'buildinfo',
};

/**
 * Which files lintian looked at, by what it says of its checks with --debug: `Running check: NAME on TYPE:PACKAGE_VERSION_ARCHITECTURE ...`.
 * A text report names no files, so this is the only proof there. Names that do not follow the rule for names of packages prove nothing.
 */
export function checkedByLog(log: string, expected: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  for (const line of log.split('\n')) {
    const [, type, id = ''] = checkLine.exec(line) ?? [];
    // 2.104 parts them by slashes; names of files have no epoch, and those of .changes not always the same architectures.
    const [name, version = '', architecture] = id.split(/[_/]/);
    if (type !== undefined) seen.add(identityOf(type, name, version.replace(/^[0-9]+:/, ''), architecture));
  }
  return expected.filter((file) => {
    const [, stem = '', ending = ''] = /^(.*)\.([a-z]+)$/.exec(file) ?? [];
    const [name, version, architecture] = stem.split('_');
    return seen.has(identityOf(typeOfEnding[ending] ?? '', name, version, architecture));
  });
}

function identityOf(type: string, name: string | undefined, version: string | undefined, architecture: string | undefined): string {
  return [type, name, version, ...(type === 'binary' || type === 'udeb' ? [architecture] : [])].join(' ');
}
