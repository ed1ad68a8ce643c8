import { type Cap, cell, code, table } from '@release-kit/action';
import { type FigureName, figureNames, figureText, figureWords } from '../figures/figure-text.ts';
import type { TargetResult, TrackResult } from '../target.ts';
import type { UnitResult } from '../units/services.ts';

const cap: Cap = { rows: 60, bytes: 60_000 };

/** What the packages need on each system, and how that compares with the previous release. */
export function figureTable(results: readonly TargetResult[]): readonly string[] {
  const measured = results
    .map(({ target, tracks }) => ({ name: target.name, now: firstOf(tracks, 'figures'), before: firstOf(tracks, 'previousFigures') }))
    .filter(({ now }) => figureNames.some((name) => now[name] !== undefined));
  const names = figureNames.filter((name) => measured.some(({ now }) => now[name] !== undefined));
  if (names.length === 0) return [];
  const heads = ['', ...measured.map(({ name }) => cell(name).replace('/', '<br>'))];
  const compared = measured.some(({ before }) => names.some((name) => before[name] !== undefined));
  return [
    '',
    `#### What they need${compared ? ', against the previous release' : ''}`,
    ...table(
      heads,
      names,
      (name) => [figureWords[name], ...measured.map(({ now, before }) => figureCell(name, now[name], before[name]))],
      cap,
      'figures are in the report',
    ),
  ];
}

/** The life cycle comes first, and measures what a new installation needs. */
function firstOf(tracks: readonly TrackResult[], field: 'figures' | 'previousFigures'): TrackResult['figures'] {
  return tracks.map((track) => track[field]).find((figures) => figureNames.some((name) => figures[name] !== undefined)) ?? {};
}

function figureCell(name: FigureName, now: number | undefined, before: number | undefined): string {
  if (now === undefined) return '';
  const text = figureText(name, now).replace(' ', '\u00a0');
  if (before === undefined) return text;
  const change = before > 0 ? Math.round((now / before - 1) * 100) : undefined;
  return `${text}<br><sub>${change === undefined ? `was ${figureText(name, before)}` : `${change < 0 ? '−' : '+'}${Math.abs(change)}\u00a0%`}</sub>`;
}

const states = { up: '✅', skipped: '⏭️', down: '❌' } as const;

/** The units of the packages, with what is to be said of each; systems that agree share a row. */
export function unitTable(results: readonly TargetResult[]): readonly string[] {
  const rows = new Map<string, { unit: UnitResult; targets: string[] }>();
  for (const { target, tracks } of results)
    for (const unit of tracks[0]?.units ?? []) {
      const { after: _, ...facts } = unit;
      const key = JSON.stringify(facts);
      const row = rows.get(key) ?? { unit, targets: [] };
      row.targets.push(target.name);
      rows.set(key, row);
    }
  if (rows.size === 0) return [];
  const several = results.length > 1;
  return [
    '',
    '#### Units',
    ...table(
      ['Unit', 'State', 'Listens on', 'Exposure'],
      [...rows.values()],
      ({ unit, targets }) => [
        `${states[unit.outcome]} ${code(unit.unit)}${several ? `<br><sub>${cell(targets.join(', '))}</sub>` : ''}`,
        cell(unitWords(unit)),
        (unit.listens ?? []).map(code).join('<br>'),
        unit.exposure === undefined ? '' : cell(`${unit.exposure.score} ${unit.exposure.word.toLowerCase()}`),
      ],
      cap,
      'units are in the log',
    ),
  ];
}

function unitWords({ outcome, remark }: UnitResult): string {
  const words = { up: 'active', skipped: 'not needed here', down: 'down' } as const;
  return [words[outcome], ...(remark === undefined ? [] : [remark])].join('; ');
}
