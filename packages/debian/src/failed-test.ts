import { type BuildProblem, shortMessage } from './build-cause.ts';
import { plainLine } from './compiler-message.ts';

const patterns: readonly RegExp[] = [
  /^(?:FAIL|ERROR): \S/, // automake, Python's unittest
  /^\s*not ok \d+/, // TAP, also cmocka and node --test
  /^--- FAIL: \S/, // go
  /^test \S+ \.\.\. FAILED$/, // cargo
  /^(?:FAILED|ERROR) \S+::\S+/, // pytest
  /^\s*\d+\/\d+ Test\s+#\d+: .*\*\*\*(?:Failed|Exception|Timeout|Not Run)/, // ctest
  /^\s*\d+\/\d+ .+\s(?:FAIL|TIMEOUT|ERROR)\s/, // meson
  /^\[ {2}FAILED {2}\] \S/, // googletest
  /^(?:Failed test|# {3}Failed test) /, // Test::More
  /^\S+:\d+: \S.*: Assertion .* failed\.?$/, // glibc's assert
  /: Assertion .* failed\.?$/,
];

// Also printed as a summary: `# FAIL:  1` of automake counts, it names no test.
const assertPlace = /^(?:\S+: )?([^\s:]+):(\d{1,9}): .*Assertion .* failed\.?$/;

/** A test that failed, as the usual test runners print it. */
export function failedTestAt(lines: readonly string[], index: number): BuildProblem | undefined {
  const line = plainLine(lines[index] ?? '');
  if (!patterns.some((pattern) => pattern.test(line)) || /# (?:TODO|SKIP)\b/i.test(line)) return undefined;
  const place = assertPlace.exec(line);
  const message = shortMessage(line);
  return place === null ? { category: 'test', message } : { category: 'test', message, file: place[1] ?? '', line: Number(place[2]) };
}
