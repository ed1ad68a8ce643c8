import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codeLines } from './testing/code-lines.ts';
import { lineTable, mergeCoverage, onlyLines, readCoverage, withFiles } from './testing/coverage.ts';
import { isMeasured } from './testing/jest-stage.ts';

/** Least share of lines in packages/ and actions/ that tests run, in percent. */
const threshold = 90;

const root = join(import.meta.dirname, '..');
const reports = await readCoverage(join(root, '.cache', 'test', 'coverage'));
if (reports.length === 0) {
  console.error('There is no coverage report; run the stages unit and integration first.');
  process.exit(1);
}
const linesOf = (file: string): ReadonlySet<number> => (existsSync(file) ? codeLines(readFileSync(file, 'utf8')) : new Set());
const files = globSync('{packages,actions}/*/src/**/*.ts', { cwd: root }).filter(isMeasured);
const coverage = withFiles(
  mergeCoverage(reports),
  files.map((file) => join(root, file)),
  linesOf,
);
const table = lineTable(onlyLines(coverage, linesOf), (file) => relative(root, file));
for (const row of table.rows) if (row.percent < threshold) console.log(`${row.percent.toFixed(1).padStart(5)} %  ${row.file}`);
console.log(`Lines run by tests: ${table.covered} of ${table.total}, ${table.percent.toFixed(2)} %; at least ${threshold} % is asked for.`);
process.exitCode = table.percent >= threshold ? 0 : 1;
