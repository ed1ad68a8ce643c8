import { readdir, readFile, writeFile } from 'node:fs/promises';
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

/** The file of a stage, below the folder of its name. */
const reportName = 'lines.json';

/** Reads what every stage left below `folder`. */
export async function readCoverage(folder: string): Promise<readonly Coverage[]> {
  const stages = await readdir(folder).catch(() => []);
  const reports: Coverage[] = [];
  for (const stage of stages.sort()) {
    const file = join(folder, stage, reportName);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) reports.push(parseCoverage(text, file));
  }
  return reports;
}

/** Keeps the coverage of a stage in its folder. */
export async function writeCoverage(folder: string, coverage: Coverage): Promise<void> {
  await writeFile(join(folder, reportName), JSON.stringify(Object.fromEntries([...coverage].map(([file, lines]) => [file, [...lines]]))));
}

/** Per file a list of line and hits. */
export function parseCoverage(text: string, name: string): Coverage {
  return new Map(entriesOf(JSON.parse(text), name).map(([file, lines]) => [file, new Map(pairsOf(lines, `${name}: ${file}`))]));
}

function pairsOf(value: unknown, place: string): [number, number][] {
  if (!Array.isArray(value)) throw new Error(`${place} is not a list`);
  return value.map((pair: unknown) => {
    const [line, count]: unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof line !== 'number' || typeof count !== 'number') throw new Error(`${place}: an entry is not a line and a count`);
    return [line, count];
  });
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

/** Every file counts, also one that no test loads: its lines are lines that did not run. */
export function withFiles(coverage: Coverage, files: readonly string[], linesOf: (file: string) => ReadonlySet<number>): Coverage {
  const missing = files.filter((file) => !coverage.has(file));
  return new Map([...coverage, ...missing.map((file) => [file, new Map([...linesOf(file)].map((line) => [line, 0]))] as const)]);
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

function entriesOf(value: unknown, place: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) throw new Error(`${place} is not an object`);
  return Object.entries(value);
}
