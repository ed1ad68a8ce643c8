import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How often each line of a file ran; only lines that count. */
export type LineHits = ReadonlyMap<number, number>;
export type Coverage = ReadonlyMap<string, LineHits>;

export interface CoverageRow {
  readonly file: string;
  readonly covered: number;
  readonly total: number;
  readonly percent: number;
}

/** Reads `<folder>/<stage>/coverage-final.json` of every stage that left one. */
export async function readCoverage(folder: string): Promise<readonly Coverage[]> {
  const stages = await readdir(folder).catch(() => []);
  const reports: Coverage[] = [];
  for (const stage of stages.sort()) {
    const file = join(folder, stage, 'coverage-final.json');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) reports.push(parseCoverage(text, file));
  }
  return reports;
}

/** Istanbul's format: per file `statementMap` (id -> place) and `s` (id -> hits). From V8 each line is one statement. */
export function parseCoverage(text: string, name: string): Coverage {
  const report = entriesOf(JSON.parse(text), name);
  return new Map(report.map(([file, value]) => [file, linesOf(value, `${name}: ${file}`)]));
}

function linesOf(value: unknown, place: string): LineHits {
  const hits = new Map(entriesOf(property(value, 's'), `${place}: s`));
  const lines = new Map<number, number>();
  for (const [id, statement] of entriesOf(property(value, 'statementMap'), `${place}: statementMap`)) {
    const line = property(property(statement, 'start'), 'line');
    const count = hits.get(id);
    if (typeof line !== 'number' || typeof count !== 'number') throw new Error(`${place}: statement ${id} has no line or no count`);
    lines.set(line, Math.max(lines.get(line) ?? 0, count));
  }
  return lines;
}

/** Adds up the hits of each line over all reports. */
export function mergeCoverage(reports: readonly Coverage[]): Coverage {
  const merged = new Map<string, Map<number, number>>();
  for (const report of reports) {
    for (const [file, lines] of report) {
      const sum = merged.get(file) ?? new Map<number, number>();
      for (const [line, hits] of lines) sum.set(line, (sum.get(line) ?? 0) + hits);
      merged.set(file, sum);
    }
  }
  return merged;
}

/** Leaves only the lines that `linesOf` names for a file; a file without any is left out. */
export function onlyLines(coverage: Coverage, linesOf: (file: string) => ReadonlySet<number>): Coverage {
  const files = [...coverage].map(([file, hits]) => {
    const lines = linesOf(file);
    return [file, new Map([...hits].filter(([line]) => lines.has(line)))] as const;
  });
  return new Map(files.filter(([, hits]) => hits.size > 0));
}

export function lineTable(coverage: Coverage, shorten: (file: string) => string): CoverageRow & { readonly rows: readonly CoverageRow[] } {
  const rows = [...coverage].map(([file, lines]) =>
    rowOf(shorten(file), [...lines.values()].filter((hits) => hits > 0).length, lines.size),
  );
  const all = rowOf(
    'all',
    rows.reduce((n, row) => n + row.covered, 0),
    rows.reduce((n, row) => n + row.total, 0),
  );
  return { ...all, rows: rows.sort((a, b) => a.percent - b.percent) };
}

const rowOf = (file: string, covered: number, total: number): CoverageRow => ({
  file,
  covered,
  total,
  percent: total === 0 ? 100 : (100 * covered) / total,
});

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

function entriesOf(value: unknown, place: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) throw new Error(`${place} is not an object`);
  return Object.entries(value);
}
