import { readFile } from 'node:fs/promises';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

/** One check that is a whole stage by itself. */
export const single = (passed: boolean): Tally => (passed ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 });

export const sum = (tallies: readonly Tally[]): Tally =>
  tallies.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), nothing);

/** `12 passed, 0 failed`, and `, 3 skipped` where there are any. */
export const closingLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;

/** Fine only when something ran and nothing failed. */
export const succeeded = ({ passed, failed }: Tally): boolean => failed === 0 && passed > 0;

export interface JestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Test files that could not be loaded. */
  readonly broken: number;
}

/**
 * Tally of a file written by `jest --json --outputFile`. A test file that could not run counts as one failure.
 * Where `skipsFail` (in CI), a skipped test counts as failed: the machine there has every tool.
 */
export async function tallyOfJest(file: string, skipsFail: boolean): Promise<Tally> {
  const { passed, skipped, ...counts } = await countsOfJest(file);
  const failed = counts.failed + counts.broken;
  return { passed, failed: failed + (skipsFail ? skipped : 0), skipped: skipsFail ? 0 : skipped };
}

export async function countsOfJest(file: string): Promise<JestCounts> {
  const report: unknown = JSON.parse(await readFile(file, 'utf8'));
  const count = (name: string): number => {
    const value: unknown = typeof report === 'object' && report !== null ? Reflect.get(report, name) : undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw new Error(`${file}: ${name} is not a number`);
    return value;
  };
  return {
    passed: count('numPassedTests'),
    failed: count('numFailedTests'),
    skipped: count('numPendingTests') + count('numTodoTests'),
    broken: count('numRuntimeErrorTestSuites'),
  };
}
