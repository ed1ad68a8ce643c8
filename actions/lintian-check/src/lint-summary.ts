import { codeSpan, inertMarkdown } from '@release-kit/action';
import type { Finding } from './finding.ts';
import type { LintResult } from './lint-result.ts';
import type { Placed } from './placed.ts';

/** The job summary has a limit of 1 MiB for all steps; a person reads far less. */
const mostRows = 50;

/** A table of the findings as GitHub Markdown. */
export function lintSummary(result: LintResult): string {
  const open = result.placed.filter(({ finding }) => finding.status === 'open');
  const rows = open.slice(0, mostRows).map(rowOf);
  const more = open.length > mostRows ? [`\n${open.length - mostRows} more findings are in the log.`] : [];
  const table = rows.length === 0 ? [] : ['', '| | Tag | Package | Note | Where |', '|---|---|---|---|---|', ...rows];
  return [`### lintian: ${result.passed ? 'passed' : 'failed'}`, '', `${countLine(result)}`, ...table, ...more, ''].join('\n');
}

/** `lintian 2.116.3 checked 3 files: 1 error, 2 warnings, 0 info, 0 pedantic; 1 overridden` */
export function countLine({ version, files, counts, failOn }: LintResult): string {
  const parts = [plural(counts.error, 'error'), plural(counts.warning, 'warning'), `${counts.info} info`, `${counts.pedantic} pedantic`];
  const aside = [
    ...(counts.experimental > 0 ? [`${counts.experimental} experimental`] : []),
    ...(counts.overridden > 0 ? [`${counts.overridden} overridden`] : []),
    ...(counts.masked > 0 ? [`${counts.masked} masked`] : []),
  ];
  const limit = failOn === 'never' ? 'nothing fails' : `fails on ${failOn}`;
  const counted = [parts.join(', '), ...(aside.length > 0 ? [aside.join(', ')] : [])].join('; ');
  return `lintian ${version} checked ${plural(files.length, 'file')}: ${counted} (${limit})`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function rowOf({ finding, location }: Placed): string {
  const { hint } = finding;
  const level = hint.experimental ? `${hint.severity} (experimental)` : hint.severity;
  const where = location === undefined ? '' : codeSpan(location.shown);
  return `| ${level} | ${codeSpan(hint.tag)} | ${codeSpan(hint.package)} | ${noteCell(finding)} | ${where} |`;
}

function noteCell({ hint }: Finding): string {
  const text = [hint.note, ...(hint.pointer === undefined ? [] : [hint.pointer.path])].filter((part) => part !== '').join(' ');
  return inertMarkdown(text.length > 300 ? `${text.slice(0, 300)}…` : text);
}
