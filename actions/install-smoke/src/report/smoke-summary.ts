import { type Cap, capped, cell, code, codeBlock, cutText, folded, type SourceLink, table } from '@release-kit/action';
import { isFailure } from '../problem.ts';
import type { TargetResult, TrackResult } from '../target.ts';
import { problemSection } from './problem-section.ts';
import { matrixTable } from './summary-matrix.ts';
import { figureTable, unitTable } from './summary-tables.ts';
import { gatherProblems, type ToldProblem } from './told-problem.ts';

/** What a person reads; the log has all of it. All parts together stay below GitHub's limit of 1 MiB. */
const caps = {
  problems: { rows: 60, bytes: 400_000 },
  steps: { rows: 60, bytes: 20_000 },
  skipped: { rows: 40, bytes: 20_000 },
} as const satisfies Readonly<Record<string, Cap>>;
/** Tables of steps of so many tracks. */
const mostTracks = 12;

/** What the page needs besides the results. */
export interface SummaryContext {
  readonly link: SourceLink;
  /** The command that tries a target again. */
  readonly reproduce: (result: TargetResult) => string;
}

/**
 * The page that people see first, as GitHub Markdown: what came out on which system, what failed and how to mend it, what the packages need, what was left
 * out and why. What strangers wrote is inert.
 */
export function smokeSummary(results: readonly TargetResult[], { link, reproduce }: SummaryContext): string {
  const told = gatherProblems(results);
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  return [
    `### ${headline(results)}`,
    '',
    packageNames(results),
    // What is to be done comes first: the table of a few tracks is longer than a phone.
    ...problemList(told, link),
    ...(told.length === 0 ? [] : ['', '#### Step by step']),
    ...matrixTable(results),
    ...skippedList(results),
    ...figureTable(results),
    ...unitTable(results),
    ...results.flatMap(stepTables).slice(0, mostTracks).flat(),
    ...reproduceText(failed, reproduce),
    '',
  ].join('\n');
}

/** `Tried on debian:12/amd64: passed`, `Tried on 4 systems: 2 failed, 1 skipped` */
export function headline(results: readonly TargetResult[]): string {
  const [only, ...others] = results;
  if (only !== undefined && others.length === 0) return `Tried on ${cell(only.target.name)}: ${only.outcome}`;
  const count = (wanted: TargetResult['outcome']): number => results.filter(({ outcome }) => outcome === wanted).length;
  const parts = (['failed', 'skipped'] as const).flatMap((outcome) => (count(outcome) === 0 ? [] : [`${count(outcome)} ${outcome}`]));
  return `Tried on ${results.length} systems: ${parts.length === 0 ? 'passed' : parts.join(', ')}`;
}

const mostNames = 20;

function packageNames(results: readonly TargetResult[]): string {
  const all = [...new Set(results.flatMap(({ target }) => target.debs.map((deb) => `${deb.package} ${deb.version}`)))];
  const more = all.length > mostNames ? `, and ${all.length - mostNames} more` : '';
  return `${all.slice(0, mostNames).map(code).join(', ')}${more}`;
}

function problemList(told: readonly ToldProblem[], link: SourceLink): readonly string[] {
  if (told.length === 0) return [];
  const failures = told.filter(({ problem }) => isFailure(problem)).length;
  const warnings = told.length - failures;
  const parts = [
    ...(failures === 0 ? [] : [`${failures} ${failures === 1 ? 'failure' : 'failures'}`]),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
  ];
  return [
    '',
    `#### ${parts.join(', ')}`,
    ...capped(told, (each) => problemSection(each, link).join('\n'), caps.problems, 'are in the log'),
  ];
}

/** What was not tried, with why: nobody should take it for tried. */
function skippedList(results: readonly TargetResult[]): readonly string[] {
  const lines = results.flatMap(({ target, outcome, reason, tracks }) => [
    ...(outcome === 'skipped' ? [`${code(target.name)}: ${cell(reason ?? 'no reason was given')}`] : []),
    ...tracks.flatMap((track) => skippedOf(track).map((line) => `${code(target.name)}, ${line}`)),
  ]);
  if (lines.length === 0) return [];
  return ['', '#### Not tried', '', ...capped(lines, (line) => `- ${line}`, caps.skipped, 'were left out')];
}

function skippedOf({ name, outcome, reason, steps }: TrackResult): readonly string[] {
  if (outcome === 'skipped') return [`${cell(name)}: ${cell(reason ?? 'no reason was given')}`];
  return steps.filter(({ result }) => result === 'skipped').map((step) => `${cell(name)}, ${cell(step.name)}: ${cell(step.note)}`);
}

const signs = { passed: '✅', failed: '❌', skipped: '⏭️' } as const;

/** What each step found, for who wants to know. */
function stepTables({ target, tracks }: TargetResult): readonly (readonly string[])[] {
  return tracks
    .filter(({ steps }) => steps.length > 0)
    .map(({ name, steps, outcome }) =>
      folded(
        `${signs[outcome]} ${cell(target.name)}: ${cell(name)}, step by step`,
        table(
          ['Step', 'Result'],
          steps,
          ({ name: step, result, milliseconds, note }) => [
            `${signs[result]} ${cell(step)}<br><sub>${(milliseconds / 1000).toFixed(1)} s</sub>`,
            cell(note),
          ],
          caps.steps,
          'steps are in the log',
        ),
      ),
    );
}

const mostCommands = 10;

function reproduceText(failed: readonly TargetResult[], reproduce: (result: TargetResult) => string): readonly string[] {
  if (failed.length === 0) return [];
  const commands = [...new Set(failed.slice(0, mostCommands).map(reproduce))].map((command) => cutText(command, 2000));
  return ['', 'To look at it on your own machine, in a shell inside of it:', '', codeBlock(commands.join('\n'), 'sh')];
}
