import { fileURLToPath } from 'node:url';
import type { Coverage } from './coverage.ts';

/** One run of one script, as Node writes it where NODE_V8_COVERAGE says: offsets are in UTF-16 units of its text. */
interface ScriptRun {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly Range[] }[];
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/**
 * How often each line ran, from one file of V8's coverage. A script that was loaded many times, once by each test file, adds up. `textOf`
 * gives the text of a file (absolute), and undefined for those that are not asked about. Types are blanked, not cut, when Node loads
 * TypeScript, so that the offsets are those of the source.
 */
export function v8Coverage(report: string, textOf: (file: string) => string | undefined): Coverage {
  const coverage = new Map<string, Map<number, number>>();
  for (const { url, functions } of runsOf(JSON.parse(report))) {
    const file = url.startsWith('file:///') ? fileURLToPath(url) : undefined;
    const text = file === undefined ? undefined : textOf(file);
    if (file === undefined || text === undefined) continue;
    const sum = coverage.get(file) ?? new Map<number, number>();
    coverage.set(file, sum);
    for (const [index, count] of lineCounts(text, functions).entries()) sum.set(index + 1, (sum.get(index + 1) ?? 0) + count);
  }
  return coverage;
}

/** Outer ranges come before inner ones, and an inner one counts for a line only when it holds all of it. */
function lineCounts(text: string, functions: ScriptRun['functions']): readonly number[] {
  let end = -1;
  const lines = text.split('\n').map((line) => {
    const start = end + 1;
    end = start + line.length;
    return { start, end, count: 1 };
  });
  for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges))
    for (const line of lines) if (startOffset <= line.start && endOffset >= line.end) line.count = count;
  return lines.map(({ count }) => count);
}

function runsOf(report: unknown): readonly ScriptRun[] {
  const result = typeof report === 'object' && report !== null ? Reflect.get(report, 'result') : undefined;
  if (!Array.isArray(result)) throw new Error('a report of V8 has no list "result"');
  return result as readonly ScriptRun[];
}
