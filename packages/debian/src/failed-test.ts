import { type BuildProblem, type FailureId, type LogPosition, type Matcher, matcherOf, problemOf } from './build-rule.ts';
import { plainLine } from './compiler-message.ts';
import { testFailures } from './known-failure-test.ts';

const failureAt = matcherOf(testFailures);

interface Near {
  /** How many lines before and after the failure to look at. */
  readonly before: number;
  readonly after: number;
  /** Groups file, line, column. */
  readonly pattern: RegExp;
  /** Which of the lines that match counts. */
  readonly pick: 'first' | 'last';
}

/** Where a runner names the source line, when it does so beside the failure. */
const nearby: Readonly<Partial<Record<FailureId, Near>>> = {
  'go-test': { before: 0, after: 1, pick: 'first', pattern: /^\s+(?<file>\S+\.go):(?<line>\d{1,9}): / },
  'python-unittest': { before: 0, after: 30, pick: 'first', pattern: /^ {2}File "(?<file>(?!\/usr\/)[^"]+)", line (?<line>\d{1,9}), in / },
  // Before the summary that names the test: `test_x.py:2: AssertionError`.
  pytest: { before: 400, after: 0, pick: 'first', pattern: /^(?<file>[^\s:]+\.py):(?<line>\d{1,9}): \w+/ },
  'cargo-test': {
    before: 0,
    after: 30,
    pick: 'first',
    pattern: /(?:panicked at|^\s*right: .*,) (?:'.*', )?(?<file>[^\s:']+\.rs):(?<line>\d{1,9}):(?<column>\d{1,9}):?$/,
  },
  googletest: { before: 40, after: 0, pick: 'last', pattern: /^(?<file>[^\s:]+):(?<line>\d{1,9}): Failure$/ },
  'perl-test': { before: 0, after: 2, pick: 'first', pattern: /^#\s+at (?<file>\S+) line (?<line>\d{1,9})\.$/ },
};

/** A test that failed, as the usual test runners print it. */
export const failedTestAt: Matcher = (lines, index) => {
  if (/# (?:TODO|SKIP)\b/i.test(plainLine(lines[index] ?? ''))) return undefined;
  const found = failureAt(lines, index);
  if (found === undefined) return undefined;
  return problemOf(found.failure, plainLine(lines[index] ?? ''), placeNear(found, lines, index));
};

function placeNear(found: BuildProblem, lines: readonly string[], index: number): LogPosition {
  const near = nearby[found.failure];
  if (near === undefined) return found;
  const places: LogPosition[] = [];
  for (const next of lines.slice(Math.max(0, index - near.before), index + near.after + 1).map(plainLine)) {
    const { file, line, column } = near.pattern.exec(next)?.groups ?? {};
    if (file === undefined || (found.file !== undefined && file !== found.file)) continue;
    places.push({ file, line: Number(line), column: column === undefined ? undefined : Number(column) });
  }
  return (near.pick === 'first' ? places[0] : places.at(-1)) ?? found;
}
