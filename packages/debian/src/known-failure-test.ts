import type { KnownFailure } from './known-failure.ts';

const skipping = 'Run this test by itself and mend it; DEB_BUILD_OPTIONS=nocheck skips all of them.';

/** Tests that failed, as the usual runners print them. */
export const testFailures = {
  'python-unittest': {
    category: 'test',
    title: 'test failed (unittest)',
    cure: skipping,
    example: ['FAIL: test_sum (test_x.T.test_sum)'],
    patterns: [/^(?:FAIL|ERROR): \S+ \(\S+\)/],
  },
  'automake-test': {
    category: 'test',
    title: 'test failed (automake)',
    cure: `${skipping} Its output is in NAME.log and test-suite.log.`,
    example: ['FAIL: adds'],
    patterns: [/^(?:FAIL|ERROR): \S/],
  },
  tap: { category: 'test', title: 'test failed (TAP)', cure: skipping, example: ['not ok 2 - sum'], patterns: [/^\s*not ok \d+/] },
  'go-test': {
    category: 'test',
    title: 'test failed (go)',
    cure: skipping,
    example: ['--- FAIL: TestSum (0.00s)'],
    patterns: [/^--- FAIL: \S/],
  },
  'cargo-test': {
    category: 'test',
    title: 'test failed (cargo)',
    cure: skipping,
    example: ['test adds ... FAILED'],
    patterns: [/^test \S+ \.\.\. FAILED$/],
  },
  pytest: {
    category: 'test',
    title: 'test failed (pytest)',
    cure: skipping,
    example: ['FAILED test_x.py::test_sum - assert (1 + 1) == 3'],
    patterns: [/^(?:FAILED|ERROR) (?<file>[^\s:]+)::\S+/],
  },
  ctest: {
    category: 'test',
    title: 'test failed (CTest)',
    cure: skipping,
    example: ['1/2 Test #1: adds .............................***Failed    0.00 sec'],
    patterns: [/^\s*\d+\/\d+ Test\s+#\d+: .*\*\*\*(?:Failed|Exception|Timeout|Not Run)/],
  },
  'meson-test': {
    category: 'test',
    title: 'test failed (Meson)',
    cure: `${skipping} Its output is in meson-logs/testlog.txt.`,
    example: ['1/2 adds  FAIL            0.01s   exit status 1'],
    patterns: [/^\s*\d+\/\d+ .+\s(?:FAIL|TIMEOUT|ERROR)\s/],
  },
  googletest: {
    category: 'test',
    title: 'test failed (GoogleTest)',
    cure: skipping,
    example: ['[  FAILED  ] Sum.Adds (0 ms)'],
    patterns: [/^\[ {2}FAILED {2}\] \S/],
  },
  'perl-test': {
    category: 'test',
    title: 'test failed (Test::More)',
    cure: skipping,
    example: ["#   Failed test 'adds'"],
    patterns: [/^(?:Failed test|# {3}Failed test) /],
  },
  assertion: {
    category: 'test',
    title: 'assertion failed',
    cure: skipping,
    example: ["prog: main.c:2: main: Assertion `1 + 1 == 3' failed."],
    patterns: [/^(?:\S+: )?(?<file>[^\s:]+):(?<line>\d{1,9}): .*Assertion .* failed\.?$/, /: Assertion .* failed\.?$/],
  },
  tests: {
    category: 'test',
    title: 'tests failed',
    cure: skipping,
    example: ['   dh_auto_test', 'dh_auto_test: error: make -j2 check returned exit code 2'],
  },
} as const satisfies Record<string, KnownFailure>;
