import { inertLine, xmlAttributes, xmlText } from '@release-kit/action';
import type { Explanations } from './explanation.ts';
import type { Finding } from './finding.ts';
import { lineOf } from './finding-text.ts';
import type { CheckedFile, LintResult } from './lint-result.ts';
import type { Placed } from './placed.ts';

/**
 * The findings as JUnit XML: a suite for each checked file, a case for each finding. What fails the step is a failure, what is overridden or masked is
 * skipped, everything else passes and tells its finding. A file without findings has one case that passes, so that it is seen. No times: same input, same
 * bytes. Ends with a line feed.
 */
export function junitReport(result: LintResult, explanations: Explanations, failing: readonly Finding[]): string {
  const fails = new Set(failing);
  const suites = result.files.map((file) => suiteOf(file, result.placed.filter(isIn(file)), explanations, fails));
  // What names a file that is in no list of files: a finding is never lost.
  const known = new Set(result.files.map(({ name, distribution }) => `${distribution} ${name}`));
  const rest = result.placed.filter(({ finding }) => !known.has(`${finding.distribution} ${finding.file}`));
  if (rest.length > 0) suites.push(suiteOf({ name: 'other findings', distribution: '' }, rest, explanations, fails));
  const totals = { tests: sum(suites, 'tests'), failures: sum(suites, 'failures'), errors: 0, skipped: sum(suites, 'skipped') };
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${xmlAttributes({ name: 'lintian', ...totals })}>
${suites.map(({ text }) => text).join('')}</testsuites>
`;
}

interface Suite {
  readonly text: string;
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

function sum(suites: readonly Suite[], field: 'tests' | 'failures' | 'skipped'): number {
  return suites.reduce((total, suite) => total + suite[field], 0);
}

function isIn(file: CheckedFile): (placed: Placed) => boolean {
  return ({ finding }) => finding.file === file.name && finding.distribution === file.distribution;
}

function suiteOf(file: CheckedFile, placed: readonly Placed[], explanations: Explanations, fails: ReadonlySet<Finding>): Suite {
  const name = file.distribution === '' ? file.name : `${file.name} (${file.distribution})`;
  const used = new Map<string, number>();
  const cases = placed.map((each) => caseOf(each, numbered(lineOf(each.finding), used), explanations, fails));
  const counts = {
    tests: Math.max(1, placed.length),
    failures: placed.filter(({ finding }) => fails.has(finding)).length,
    skipped: placed.filter(({ finding }) => finding.status !== 'open').length,
  };
  const none = `    <testcase${xmlAttributes({ classname: inertLine(file.name), name: 'no findings', time: 0 })}/>\n`;
  const inner = cases.length === 0 ? none : cases.join('');
  return {
    ...counts,
    text: `  <testsuite${xmlAttributes({ name: inertLine(name), ...counts, errors: 0, time: 0 })}>\n${inner}  </testsuite>\n`,
  };
}

/** Readers take cases of one name for one case. */
function numbered(name: string, used: Map<string, number>): string {
  const count = (used.get(name) ?? 0) + 1;
  used.set(name, count);
  return count === 1 ? name : `${name} (${count})`;
}

function caseOf({ finding, location }: Placed, name: string, explanations: Explanations, fails: ReadonlySet<Finding>): string {
  const { hint, status } = finding;
  const line = lineOf(finding);
  const place = location?.place;
  const attributes = xmlAttributes({
    classname: inertLine(finding.file),
    name,
    file: place === undefined ? undefined : inertLine(place.file),
    line: place?.line,
    time: 0,
  });
  const meaning = explanations.get(hint.tag)?.meaning;
  const text = [
    `${hint.severity}: ${line}`,
    ...(location === undefined ? [] : [location.shown]),
    ...(meaning === undefined ? [] : ['', meaning]),
  ];
  return `    <testcase${attributes}>\n      ${outcome(text.join('\n'))}\n    </testcase>\n`;

  function outcome(body: string): string {
    if (status === 'overridden')
      return `<skipped${xmlAttributes({ message: `overridden: ${inertLine(hint.justification ?? 'without a reason')}` })}/>`;
    if (status === 'masked') return `<skipped${xmlAttributes({ message: 'masked by lintian' })}/>`;
    if (!fails.has(finding)) return `<system-out>${xmlText(body)}</system-out>`;
    return `<failure${xmlAttributes({ message: line, type: hint.severity })}>${xmlText(body)}</failure>`;
  }
}
