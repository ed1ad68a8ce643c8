import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findStubs, keepNamesOfFunctions, stubsIn } from '../../scripts/building/bundle.ts';
import { differences } from '../../scripts/building/digest.ts';
import { answeredByFrame, measureStartup, median, startOnce } from '../../scripts/building/startup.ts';
import { markdownTable, textTable } from '../../scripts/building/table.ts';
import { codeLines } from '../../scripts/testing/code-lines.ts';
import {
  lineTable,
  mergeCoverage,
  onlyLines,
  parseCoverage,
  readCoverage,
  withFiles,
  writeCoverage,
} from '../../scripts/testing/coverage.ts';
import { closingLine, nothing, single, succeeded, sum, tallyOfJest } from '../../scripts/testing/tally.ts';
import { v8Coverage } from '../../scripts/testing/v8-coverage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-kit-tools-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the tally', () => {
  const report = (counts: Record<string, number>) =>
    JSON.stringify({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0, ...counts });

  test('adds up and ends in one plain line', () => {
    const total = sum([single(true), single(false), { passed: 10, failed: 0, skipped: 2 }]);
    expect(closingLine(total)).toBe('11 passed, 1 failed, 2 skipped');
    expect(closingLine(single(true))).toBe('1 passed, 0 failed');
  });

  test('nothing run is no success', () => {
    expect(succeeded(nothing)).toBe(false);
    expect(succeeded({ passed: 0, failed: 0, skipped: 5 })).toBe(false);
    expect(succeeded({ passed: 3, failed: 1, skipped: 0 })).toBe(false);
    expect(succeeded({ passed: 3, failed: 0, skipped: 1 })).toBe(true);
  });

  test('a test file that cannot run is a failure; a skip is one in CI', async () => {
    const file = join(folder, 'r.json');
    await writeFile(
      file,
      report({ numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, numRuntimeErrorTestSuites: 1 }),
    );
    expect(await tallyOfJest(file, false)).toEqual({ passed: 4, failed: 2, skipped: 3 });
    expect(await tallyOfJest(file, true)).toEqual({ passed: 4, failed: 5, skipped: 0 });
    await writeFile(file, '{"numPassedTests":"4"}');
    await expect(tallyOfJest(file, false)).rejects.toThrow(/is not a number/);
  });
});

describe('coverage', () => {
  const of = (file: string, hits: readonly number[]) => ({ [file]: hits.map((count, index) => [index + 1, count]) });

  test('lines run by any stage count', () => {
    const [a, b] = [of('/r/x.ts', [1, 0, 0, 2]), { ...of('/r/x.ts', [0, 3, 0, 0]), ...of('/r/y.ts', [0, 0]) }].map((report) =>
      parseCoverage(JSON.stringify(report), 'c'),
    );
    if (a === undefined || b === undefined) throw new Error('two reports');
    const table = lineTable(mergeCoverage([a, b]), (file) => file.slice(3));
    expect(table).toMatchObject({ covered: 3, total: 6, percent: 50 });
    expect(table.rows).toEqual([
      { file: 'y.ts', covered: 0, total: 2, percent: 0 },
      { file: 'x.ts', covered: 3, total: 4, percent: 75 },
    ]);
  });

  test('only lines that can run count: no types, no comments, no lone brackets', () => {
    const source = [
      "import type { A } from './a.ts';",
      '/** Says',
      ' * what. */',
      'export interface B {',
      '  readonly c: string;',
      '}',
      '',
      '// why',
      'export function f(b: B): string {',
      "  return 'https://x';",
      '}',
    ].join('\n');
    expect([...codeLines(source)]).toEqual([9, 10]);
    const hits = new Map([
      [
        '/a.ts',
        new Map([
          [9, 1],
          [10, 0],
          [11, 1],
        ]),
      ],
      ['/types.ts', new Map([[1, 0]])],
    ]);
    const left = onlyLines(hits, (file) => (file === '/a.ts' ? new Set([9, 10]) : new Set()));
    expect(lineTable(left, (file) => file)).toMatchObject({ covered: 1, total: 2, percent: 50, rows: [{ file: '/a.ts' }] });
  });

  test('reports of all stages are found, none is no report', async () => {
    expect(await readCoverage(join(folder, 'none'))).toEqual([]);
    await mkdir(join(folder, 'unit'));
    const coverage = parseCoverage(JSON.stringify(of('/x.ts', [1, 0])), 'c');
    await writeCoverage(join(folder, 'unit'), coverage);
    expect(await readCoverage(folder)).toEqual([coverage]);
    expect(() => parseCoverage('{"/x.ts":[[1]]}', 'c')).toThrow(/c: \/x.ts: an entry/);
  });

  test('a file that no test loads counts with all its lines', () => {
    const coverage = withFiles(parseCoverage(JSON.stringify(of('/x.ts', [1])), 'c'), ['/x.ts', '/y.ts'], () => new Set([1, 2, 3]));
    expect(lineTable(coverage, (file) => file)).toMatchObject({ covered: 1, total: 4 });
  });

  test('what V8 counts becomes lines, as V8 counts them in a real process, added up over the runs of a script', async () => {
    const source = [
      'export function f(a: number): string {',
      '  if (a > 1) {',
      "    return 'ä😀';",
      '  }',
      "  return a > 0 ? 'one' : 'none';",
      '}',
      'export function never(): void {',
      '  f(2);',
      '}',
      'f(0);',
      'f(2);',
    ].join('\n');
    const file = join(folder, 'x.ts');
    await writeFile(file, source);
    const raw = join(folder, 'raw');
    const run = "for (const n of [1, 2]) await import(process.argv[1] + '?' + n)";
    execFileSync('node', ['--input-type=module', '-e', run, file], {
      env: { ...process.env, NODE_V8_COVERAGE: raw, NODE_NO_WARNINGS: '1' },
    });
    const texts = (await readdir(raw)).map((name) => readFileSync(join(raw, name), 'utf8'));
    const counted = mergeCoverage(texts.map((text) => v8Coverage(text, (name) => (name === file ? source : undefined))));
    expect([...(counted.get(file)?.values() ?? [])]).toEqual([2, 4, 2, 2, 4, 4, 2, 0, 0, 2, 2]);
    expect(() => v8Coverage('{}', () => undefined)).toThrow(/no list/);
  });
});

describe('bundles', () => {
  test('a stub of ncc is found, plain or minified', async () => {
    expect(stubsIn(`x = eval("require")("not-there"); y=eval('require')('two')`)).toEqual(['not-there', 'two']);
    expect(stubsIn('import("x"); require("y")')).toEqual([]);
    await writeFile(join(folder, '1.index.js'), 'eval("require")("chunk")');
    await writeFile(join(folder, 'licenses.txt'), 'eval("require")("text")');
    expect(await findStubs(folder)).toEqual(['1.index.js: chunk']);
  });

  test('a CommonJS function keeps its names when it is loaded late', () => {
    const runtime = "__nccwpck_require__.t = f; for(var current = x; typeof current == 'object' && !~leafPrototypes.indexOf(current); n)";
    expect(keepNamesOfFunctions(runtime)).toContain(
      "(typeof current == 'object' || typeof current == 'function') && !~leafPrototypes.indexOf",
    );
    expect(keepNamesOfFunctions('no such runtime')).toBe('no such runtime');
    expect(() => keepNamesOfFunctions('__nccwpck_require__.t = other')).toThrow(/not as known/);
  });

  test('two trees are compared by path and content', async () => {
    for (const [file, text] of [
      ['a/x', '1'],
      ['a/same', '1'],
      ['b/x', '2'],
      ['b/same', '1'],
      ['b/y', ''],
    ] as const) {
      await mkdir(join(folder, file, '..'), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    expect(await differences(join(folder, 'a'), join(folder, 'b'))).toEqual(['x', 'y']);
  });

  test("only the frame's own refusal of an unknown input counts as a start", async () => {
    expect(answeredByFrame('exit 2\ntext\n::error title=x%3A E_INPUT::input x\n')).toBe(true);
    expect(answeredByFrame('exit 1\n::error title=x%3A E_INPUT::input x\n')).toBe(false);
    expect(answeredByFrame('exit 2\n::error title=x%3A BUG::x\n')).toBe(false);
    await writeFile(
      join(folder, 'x.mjs'),
      "console.log(Object.keys(process.env).filter((name) => name.startsWith('INPUT_')).join()); process.exitCode = 2;",
    );
    expect(await startOnce(join(folder, 'x.mjs'))).toBe('exit 2\nINPUT_NOT-AN-INPUT\n');
  });

  test('a bundle that works before it starts costs more than an empty one', async () => {
    await writeFile(join(folder, 'busy.mjs'), 'const end = performance.now() + 300; while (performance.now() < end);');
    const { base, rows } = await measureStartup(new Map([['busy', join(folder, 'busy.mjs')]]), 3);
    expect(base).toBeGreaterThan(5);
    expect(rows[0]?.ratio).toBeGreaterThan(1.5);
  });

  test('the median of an even number of values is between the two in the middle', () => {
    expect(median([9, 1, 3, 5])).toBe(4);
    expect(median([9, 1, 5])).toBe(5);
    expect(() => median([])).toThrow();
  });
});

test('tables line up', () => {
  const rows = [
    ['name', 'size'],
    ['a', '10'],
    ['long name', '2'],
  ];
  expect(textTable(rows)).toBe('name       size\na            10\nlong name     2');
  expect(markdownTable(rows)).toBe('| name | size |\n| --- | ---: |\n| a | 10 |\n| long name | 2 |');
});
