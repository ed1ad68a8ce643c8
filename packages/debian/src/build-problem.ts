import { causeAt, surroundingsAt } from './build-cause.ts';
import { followUpAt } from './build-follow-up.ts';
import { type BuildProblem, type FoundProblem, type Matcher, problemOf } from './build-rule.ts';
import { compilerFailure } from './compiler-failure.ts';
import { compilerMessageAt, plainLine } from './compiler-message.ts';
import { failedTestAt } from './failed-test.ts';
import { pythonErrorAt } from './python-error.ts';

export type { BuildCategory, BuildProblem, FailureId, FoundProblem } from './build-rule.ts';

/**
 * Finds what made a build fail in the lines of its log. The first cause counts, and what others say of it later (make, dh,
 * dpkg-buildpackage) only when there is no cause. undefined when nothing is recognised. Linear in the length of the log.
 *
 * Only the failed step's part of the log is searched at first: a configure script or a passing test may well print errors.
 */
export function findBuildProblem(lines: readonly string[]): FoundProblem | undefined {
  const { start, step } = lastStep(lines);
  const found =
    step === 'dh_auto_test' && testsFailed(lines, start)
      ? (first(lines, start, exhaustedAt) ??
        first(lines, start, failedTestAt) ??
        first(lines, start, anyCauseAt) ?? { problem: testStep, index: start })
      : (first(lines, start, anyCauseAt) ??
        first(lines.slice(0, start), 0, anyCauseAt) ??
        first(lines, 0, failedTestAt) ??
        first(lines, 0, followUpAt));
  return found === undefined ? undefined : { ...placedByRule(found, lines), at: found.index };
}

const testStep = problemOf('tests', "the package's own tests failed");

interface Found {
  readonly problem: BuildProblem;
  readonly index: number;
}

function first(lines: readonly string[], start: number, finder: Matcher): Found | undefined {
  for (let index = start; index < lines.length; index++) {
    const problem = finder(lines, index);
    if (problem !== undefined) return { problem, index };
  }
  return undefined;
}

// Every package has the same rule for what dpkg-buildpackage asks for: it says nothing.
const askedFor = /^(?:clean|build|binary)(?:-arch|-indep)?$/;

/** A tool that names no place was started by a rule of make, and make names its line. */
function placedByRule({ problem, index }: Found, lines: readonly string[]): BuildProblem {
  if (problem.file !== undefined || unplaced.includes(problem.category)) return problem;
  for (let at = index; at < lines.length; at++) {
    const [, file, line, target = ''] =
      /^g?make(?:\[\d+\])?: \*\*\* \[([^\]:]+):([0-9]{1,9}): ([^\]]*)\] /.exec(plainLine(lines[at] ?? '')) ?? [];
    if (file === undefined) continue;
    return askedFor.test(target) ? problem : { ...problem, file, line: Number(line), byRule: true };
  }
  return problem;
}

const unplaced: readonly BuildProblem['category'][] = ['depends', 'disk', 'memory'];

// A traceback is looked at as a whole before its lines are: it knows the place.
const anyCauseAt: Matcher = (lines, index) =>
  pythonErrorAt(lines, index) ?? surroundingsAt(lines, index) ?? compileErrorAt(lines, index) ?? causeAt(lines, index);

const exhaustedAt: Matcher = (lines, index) => {
  const problem = surroundingsAt(lines, index);
  return problem?.category === 'disk' || problem?.category === 'memory' ? problem : undefined;
};

function compileErrorAt(lines: readonly string[], index: number): BuildProblem | undefined {
  const found = compilerMessageAt(lines, index);
  if (found === undefined || found.level !== 'error') return undefined;
  return problemOf(compilerFailure(found), found.message, found);
}

// `   dh_auto_build`, `dh_auto_test -- check`, `   debian/rules override_dh_auto_test`, `make[1]: ...` lines are none.
const stepLine = /^\s*(?:debian\/rules )?(?:(?:override|execute_before|execute_after)_)?(dh_[a-z_]+)(?:-arch|-indep)?(?:\s|$)/;

function lastStep(lines: readonly string[]): { readonly start: number; readonly step: string | undefined } {
  for (let index = lines.length - 1; index >= 0; index--) {
    const step = stepLine.exec(plainLine(lines[index] ?? ''))?.[1];
    if (step !== undefined) return { start: index, step };
  }
  return { start: 0, step: undefined };
}

/** The step's own word for it; a compiler that failed while tests were built is a compiler error still. */
function testsFailed(lines: readonly string[], start: number): boolean {
  return (
    first(lines, start, (all, index) =>
      /^dh_auto_test: error|_dh_auto_test(?:-arch|-indep)?\] Error/.test(plainLine(all[index] ?? '')) ? testStep : undefined,
    ) !== undefined
  );
}
