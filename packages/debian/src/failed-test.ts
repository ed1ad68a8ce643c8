import { type BuildProblem, shortMessage } from './build-rule.ts';
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
  /: Assertion .* failed\.?$/, // glibc's assert
];

// `prog: main.c:2: main: Assertion ...`
const assertPlace = /^(?:\S+: )?([^\s:]+):(\d{1,9}): .*Assertion .* failed\.?$/;

// Below `--- FAIL: TestX`.
const goPlace = /^\s+(\S+\.go):(\d{1,9}): /;

/** A test that failed, as the usual test runners print it. */
export function failedTestAt(lines: readonly string[], index: number): BuildProblem | undefined {
  const line = plainLine(lines[index] ?? '');
  if (!patterns.some((pattern) => pattern.test(line)) || /# (?:TODO|SKIP)\b/i.test(line)) return undefined;
  const place = assertPlace.exec(line) ?? (line.startsWith('--- FAIL') ? goPlace.exec(plainLine(lines[index + 1] ?? '')) : null);
  const message = shortMessage(line);
  return place === null ? { category: 'test', message } : { category: 'test', message, file: place[1] ?? '', line: Number(place[2]) };
}
