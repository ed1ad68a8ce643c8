import { cell, code, cutText, linkedCode, type SourceLink, table } from '@release-kit/action';
import type { Explanations } from './explanation.ts';
import type { Finding, Severity } from './finding.ts';
import type { CheckedFile, LintResult } from './lint-result.ts';
import type { Placed } from './placed.ts';
import { placementLine } from './placement-share.ts';
import { sideSections } from './summary-details.ts';

/** All findings stand in the log and the reports. */
const findingCap = { rows: 100, bytes: 250_000 };
const fileCap = { rows: 50, bytes: 60_000 };

/**
 * The page that people see first, as GitHub Markdown: what came out, how many of each severity and package, every finding with a link to its line, what the
 * tags mean. What strangers wrote is inert. At most some 800 kB, as GitHub refuses a page above 1 MiB as a whole.
 */
export function lintSummary(result: LintResult, explanations: Explanations, link: SourceLink): string {
  const open = result.placed.filter(isToActOn);
  return [
    `### lintian: ${result.passed ? 'passed' : 'failed'}`,
    '',
    ...sentences(result, open),
    ...severityTable(result, open),
    ...fileTable(result, open),
    ...findingTable(open, link),
    ...sideSections(result, open, explanations, link),
    '',
  ].join('\n');
}

/** `lintian 2.116.3 checked 3 files: 1 error, 2 warnings, 0 info, 0 pedantic; 1 overridden` */
export function countLine({ version, files, counts, failOn, failOnNew }: LintResult): string {
  const parts = [plural(counts.error, 'error'), plural(counts.warning, 'warning'), `${counts.info} info`, `${counts.pedantic} pedantic`];
  const aside = [
    ...(counts.experimental > 0 ? [`${counts.experimental} experimental`] : []),
    ...(counts.overridden > 0 ? [`${counts.overridden} overridden`] : []),
    ...(counts.masked > 0 ? [`${counts.masked} masked`] : []),
  ];
  const limits = [...(failOn === 'never' ? [] : [failOn]), ...(failOnNew === 'never' ? [] : [`new ${failOnNew}`])];
  const limit = limits.length === 0 ? 'nothing fails' : `fails on ${limits.join(' and ')}`;
  const counted = [parts.join(', '), ...(aside.length > 0 ? [aside.join(', ')] : [])].join('; ');
  return `lintian ${version} checked ${plural(files.length, 'file')}: ${counted} (${limit})`;
}

const longestName = 120;

/** `compared with the baseline x: 2 new, 14 existing, 1 fixed`; undefined where nothing was compared. */
export function comparisonLine({ comparison, placed }: LintResult): string | undefined {
  if (comparison === undefined) return undefined;
  const count = (standing: Placed['standing']): number => placed.filter((one) => isToActOn(one) && one.standing === standing).length;
  const stale = comparison.stale.length === 0 ? '' : `, ${comparison.stale.length} of its lines stale`;
  return `compared with ${cutText(comparison.with, longestName)}: ${count('new')} new, ${count('existing')} existing, ${comparison.fixed.length} fixed${stale}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Facts about a package are no findings to a person. */
function isToActOn({ finding }: Placed): boolean {
  return finding.status === 'open' && finding.hint.severity !== 'classification';
}

function sentences(result: LintResult, open: readonly Placed[]): readonly string[] {
  const compared = comparisonLine(result);
  const placed = placementLine(open);
  return [
    countLine(result),
    ...(compared === undefined ? [] : ['', sentence(cell(compared))]),
    ...(placed === undefined ? [] : ['', sentence(placed)]),
    ...(result.unread === 0 ? [] : ['', `⚠️ ${plural(result.unread, 'line')} could not be read; the log shows them.`]),
  ];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

const marks: Readonly<Record<Severity, string>> = {
  error: '❌ error',
  warning: '⚠️ warning',
  info: 'info',
  pedantic: 'pedantic',
  classification: 'fact',
};
const shownSeverities = ['error', 'warning', 'info', 'pedantic'] as const;

function severityTable(result: LintResult, open: readonly Placed[]): readonly string[] {
  if (open.length === 0) return [];
  const compared = result.comparison !== undefined;
  const row = (name: string, of: readonly Placed[]): readonly string[] => {
    const standing = (wanted: Placed['standing']): string => `${of.filter((one) => one.standing === wanted).length}`;
    return [name, `${of.length}`, ...(compared ? [standing('new'), standing('existing')] : [])];
  };
  const firm = open.filter(({ finding }) => !finding.hint.experimental);
  const experimental = open.filter(({ finding }) => finding.hint.experimental);
  const rows = shownSeverities.map((severity) =>
    row(
      marks[severity],
      firm.filter(({ finding }) => finding.hint.severity === severity),
    ),
  );
  const heads = ['Severity', 'Findings:', ...(compared ? ['New:', 'Old:'] : [])];
  const all = [...rows, ...(experimental.length === 0 ? [] : [row('experimental', experimental)])];
  return table(heads, all, (cells) => cells, fileCap, 'severities');
}

/** One file needs no table of its own. */
function fileTable({ files }: LintResult, open: readonly Placed[]): readonly string[] {
  if (files.length < 2 || open.length === 0) return [];
  const several = new Set(files.map(({ distribution }) => distribution)).size > 1;
  const row = ({ name, distribution }: CheckedFile): readonly string[] => {
    const own = open.filter(({ finding }) => finding.file === name && finding.distribution === distribution && !finding.hint.experimental);
    const count = (...severities: readonly Severity[]): number =>
      own.filter(({ finding }) => severities.includes(finding.hint.severity)).length;
    const counts = [count('error'), count('warning'), count('info', 'pedantic')];
    return [...counts.map((count) => (count === 0 ? '' : `${count}`)), several ? `${code(name)}<br>${cell(distribution)}` : code(name)];
  };
  // Names are long: behind the numbers, they leave these on a phone.
  return table(['Errors:', 'Warnings:', 'Others:', 'File'], files, row, fileCap, 'files were checked');
}

function findingTable(open: readonly Placed[], link: SourceLink): readonly string[] {
  const several = new Set(open.map(({ finding: { hint } }) => `${hint.type} ${hint.package}`)).size > 1;
  const row = ({ finding, location, standing }: Placed): readonly string[] => {
    const fresh = standing === 'new' ? ' **new**' : '';
    const note = noteText(finding);
    const what = `${levelText(finding)} ${code(finding.hint.tag)}${fresh}${note === '' ? '' : `<br>${note}`}`;
    return [whereText(finding, several, location, link), what];
  };
  return table(['Where', 'Finding'], open, row, findingCap, 'findings are in the log');
}

function levelText({ hint }: Finding): string {
  return hint.experimental ? `${hint.severity} (experimental)` : marks[hint.severity];
}

function noteText({ hint }: Finding): string {
  return cell([hint.note, ...(hint.pointer === undefined ? [] : [hint.pointer.path])].filter((part) => part !== '').join(' '));
}

/** The place, why it is only near where it is not the cause itself, and the package where there are several. */
function whereText({ hint, tool }: Finding, several: boolean, location: Placed['location'], link: SourceLink): string {
  const place = location === undefined ? [] : [linkedCode(location.shown, link(location.place))];
  const near = location === undefined || location.exact ? [] : [`<sub>${cell(location.reason)}</sub>`];
  const named = several || location === undefined ? [`in ${code(hint.package)}${hint.type === 'binary' ? '' : ` ${cell(hint.type)}`}`] : [];
  const said = tool === 'lintian' ? [] : [`by ${tool}`];
  return [...place, ...near, ...named, ...said].join('<br>');
}
