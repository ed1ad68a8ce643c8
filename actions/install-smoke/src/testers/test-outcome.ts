import { inertLine } from '@release-kit/action';

/** What autopkgtest says of one test. */
export interface TestOutcome {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped' | 'flaky';
  /** Raw; empty when it said nothing. */
  readonly reason: string;
}

const results: Readonly<Record<string, TestOutcome['result']>> = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped', FLAKY: 'flaky' };

/** Reads autopkgtest's file `summary`: lines of `name  RESULT reason`; autopkgtest(1), --summary-file. `*` stands for all tests. */
export function parseTestSummary(text: string): readonly TestOutcome[] {
  // It reads the list of tests twice, and says both times what it leaves out.
  return [...new Set(text.split('\n'))].flatMap((line): TestOutcome[] => {
    const [, name, word = '', reason = ''] = /^(\S+)\s+(PASS|FAIL|SKIP|FLAKY)(?:\s+(.*))?$/.exec(line.trimEnd()) ?? [];
    const result = results[word];
    return name === undefined || result === undefined ? [] : [{ name, result, reason }];
  });
}

/** How a run of autopkgtest ended, beyond its tests; undefined when the tests say it all. autopkgtest(1), exit status. */
export function autopkgtestEnd(exitCode: number | null): string | undefined {
  switch (exitCode) {
    case 0: // all passed
    case 2: // some were skipped
    case 4: // some failed
    case 6: // some failed, some were skipped
    case 8: // there were none, or all were skipped
      return undefined;
    case 12:
    case 14:
      return 'the packages that the tests need cannot be installed';
    case 16:
      return 'the machine could not be used for the tests';
    case 20:
      return 'autopkgtest did not understand debian/tests, or failed itself';
    case null:
      return 'autopkgtest was killed';
    default:
      return `autopkgtest ended with exit code ${exitCode}`;
  }
}

/** `smoke passed; upstream was skipped (reason)` */
export function outcomesText(outcomes: readonly TestOutcome[]): string {
  const words = { passed: 'passed', failed: 'failed', skipped: 'was skipped', flaky: 'failed, as it may' } as const;
  if (outcomes.length === 0) return 'there was no test to run';
  return outcomes
    .map(({ name, result, reason }) => {
      const why = reason === '' || result === 'passed' ? '' : ` (${inertLine(reason)})`;
      return `${inertLine(name)} ${words[result]}${why}`;
    })
    .join('; ');
}
