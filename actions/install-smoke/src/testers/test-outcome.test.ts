import { expect, test } from '@jest/globals';
import { autopkgtestEnd, outcomesText, parseTestSummary } from './test-outcome.ts';

// Written by autopkgtest 5.28.
const summary = `smoke                PASS
upstream-tests       FAIL non-zero exit status 1
unreliable           FLAKY stderr: warning: odd
whole-machine        SKIP Test requires machine-level isolation but testbed does not provide that
*                    SKIP no tests in this package
`;

test('each test of a summary has its result and reason', () => {
  expect(parseTestSummary(summary).map(({ name, result }) => [name, result])).toEqual([
    ['smoke', 'passed'],
    ['upstream-tests', 'failed'],
    ['unreliable', 'flaky'],
    ['whole-machine', 'skipped'],
    ['*', 'skipped'],
  ]);
  expect(parseTestSummary(summary)[1]?.reason).toBe('non-zero exit status 1');
  expect(parseTestSummary(summary + summary)).toHaveLength(5);
  expect(parseTestSummary('smoke MAYBE\n\nnothing')).toEqual([]);
});

test('exit codes that only sum up the tests say nothing more; all others are failures, also unknown ones', () => {
  for (const code of [0, 2, 4, 6, 8]) expect(autopkgtestEnd(code)).toBeUndefined();
  expect(autopkgtestEnd(12)).toContain('cannot be installed');
  expect(autopkgtestEnd(16)).toContain('machine');
  expect(autopkgtestEnd(20)).toContain('debian/tests');
  expect(autopkgtestEnd(1)).toBe('autopkgtest ended with exit code 1');
  expect(autopkgtestEnd(null)).toContain('killed');
});

test('outcomes are told in one inert line', () => {
  expect(outcomesText(parseTestSummary(summary).slice(0, 3))).toBe(
    'smoke passed; upstream-tests failed (non-zero exit status 1); unreliable failed, as it may (stderr: warning: odd)',
  );
  expect(outcomesText([{ name: '::error::x', result: 'failed', reason: 'a\nb' }])).not.toMatch(/^::|\n/);
  expect(outcomesText([])).toBe('there was no test to run');
});
