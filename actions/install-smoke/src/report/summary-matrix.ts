import { type Cap, cell, table } from '@release-kit/action';
import type { Outcome, TargetResult } from '../target.ts';
import { type Cell, matrixOf } from './result-matrix.ts';

const cap: Cap = { rows: 150, bytes: 100_000 };
const signs: Readonly<Record<Outcome, string>> = { passed: '✅', failed: '❌', skipped: '⏭️' };

/** Systems against steps, with times; the steps of each track below a line of its own. */
export function matrixTable(results: readonly TargetResult[]): readonly string[] {
  const parts = matrixOf(results);
  const rows = parts.flatMap(({ track, outcomes, times, rows: steps }) => [
    [`**${cell(track)}**`, ...outcomes.map((outcome, index) => outcomeCell(outcome, times[index] ?? 0))],
    ...steps.map(({ step, cells }) => [cell(step), ...cells.map(stepCell)]),
  ]);
  const heads = ['Step', ...results.map(({ target, outcome }) => `${signs[outcome]} ${cell(target.name).replace('/', '<br>')}`)];
  // Of a run that tried nothing, the heads say all.
  return table(heads, rows.length === 0 ? [heads.map(() => '')] : rows, (row) => row, cap, 'rows are in the log');
}

function outcomeCell(outcome: Outcome | undefined, milliseconds: number): string {
  if (outcome === undefined) return '';
  return outcome === 'skipped' ? signs.skipped : `${signs[outcome]} **${seconds(milliseconds)}**`;
}

function stepCell(step: Cell): string {
  if (step === undefined) return '';
  return step.result === 'skipped' ? signs.skipped : `${signs[step.result]} ${seconds(step.milliseconds)}`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`.replace(' ', '\u00a0');
