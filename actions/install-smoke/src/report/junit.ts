import { inertLine, xmlAttributes, xmlText } from '@release-kit/action';
import { cureOfProblem, isFailure, type Problem } from '../problem.ts';
import type { Step } from '../steps.ts';
import type { TargetResult, TrackResult } from '../target.ts';
import { placeText } from './told-problem.ts';

interface Case {
  readonly name: string;
  readonly milliseconds: number;
  readonly problems: readonly Problem[];
  /** Why it was skipped. */
  readonly skipped?: string;
  readonly note?: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/**
 * A run as JUnit XML: a suite for each track of each target, a case for each step, a failure for each problem that fails the step. What was skipped is
 * skipped, with its reason; a target that could not be tried at all has one case of its own. Ends with a line feed.
 */
export function junitReport(results: readonly TargetResult[]): string {
  const suites = results.flatMap(suitesOf);
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'install-smoke', ...countsOf(cases) })}>`,
    ...suites.map(suiteText),
    '</testsuites>',
    '',
  ].join('\n');
}

function suitesOf({ target, outcome, reason, tracks, problems }: TargetResult): readonly Suite[] {
  const whole = { name: 'system', milliseconds: 0, problems, ...(outcome === 'skipped' ? { skipped: reason ?? '' } : {}) };
  const own = problems.length > 0 || outcome === 'skipped' || tracks.length === 0 ? [{ name: target.name, cases: [whole] }] : [];
  return [...own, ...tracks.map((track) => ({ name: `${target.name} ${track.name}`, cases: casesOf(track) }))];
}

function casesOf({ name, outcome, reason, steps, problems }: TrackResult): readonly Case[] {
  if (outcome === 'skipped' || steps.length === 0) {
    const skipped = outcome === 'skipped' ? { skipped: reason ?? '' } : {};
    return [{ name, milliseconds: 0, problems, ...skipped }];
  }
  const used = new Map<string, number>();
  const told = new Set(steps.flatMap((step) => step.problems));
  // A problem is never lost, also when no step owns it.
  const rest = problems.filter((problem) => !told.has(problem));
  const cases = steps.map((step) => caseOf(step, numbered(step.name, used)));
  return rest.length === 0 ? cases : [...cases, { name: numbered(name, used), milliseconds: 0, problems: rest }];
}

function caseOf({ result, milliseconds, note, problems }: Step, name: string): Case {
  return { name, milliseconds, problems, note, ...(result === 'skipped' ? { skipped: note } : {}) };
}

/** Readers take cases of one name for one case. */
function numbered(name: string, used: Map<string, number>): string {
  const count = (used.get(name) ?? 0) + 1;
  used.set(name, count);
  return count === 1 ? name : `${name} (${count})`;
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  return {
    tests: cases.length,
    failures: cases.filter(({ problems }) => problems.some(isFailure)).length,
    errors: 0,
    skipped: cases.filter(({ skipped, problems }) => skipped !== undefined && !problems.some(isFailure)).length,
  };
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

function suiteText({ name, cases }: Suite): string {
  const time = seconds(cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  const attributes = xmlAttributes({ name: inertLine(name), ...countsOf(cases), time });
  return [`  <testsuite${attributes}>`, ...cases.map((each) => caseText(each, name)), '  </testsuite>'].join('\n');
}

function caseText({ name, milliseconds, problems, skipped, note }: Case, suite: string): string {
  const failures = problems.filter(isFailure);
  const place = failures.find((problem) => problem.place !== undefined)?.place;
  const attributes = xmlAttributes({
    ...{ classname: inertLine(suite), name: inertLine(name) },
    ...{ file: place === undefined ? undefined : inertLine(place.file), line: place?.line, time: seconds(milliseconds) },
  });
  const warnings = problems.filter((problem) => !isFailure(problem)).map(textOf);
  const told = [...(note === undefined ? [] : [note]), ...warnings].join('\n\n');
  const inner =
    failures.length > 0
      ? failures.map(
          (problem) =>
            `<failure${xmlAttributes({ message: problem.message, type: problem.category })}>${xmlText(textOf(problem))}</failure>`,
        )
      : skipped === undefined
        ? [...(told === '' ? [] : [`<system-out>${xmlText(told)}</system-out>`])]
        : [`<skipped${xmlAttributes({ message: skipped })}/>`];
  if (inner.length === 0) return `    <testcase${attributes}/>`;
  return [`    <testcase${attributes}>`, ...inner.map((line) => `      ${line}`), '    </testcase>'].join('\n');
}

function textOf(problem: Problem): string {
  const place = placeText(problem.place);
  return [
    `${place === undefined ? '' : `${place}: `}${problem.message}`,
    cureOfProblem(problem),
    ...(problem.evidence === undefined ? [] : ['', problem.evidence]),
  ].join('\n');
}
