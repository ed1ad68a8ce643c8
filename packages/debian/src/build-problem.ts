import { causeAt } from './build-cause.ts';
import { followUpAt } from './build-follow-up.ts';
import { type BuildProblem, surroundingsOf } from './build-rule.ts';
import { compilerMessageAt, plainLine } from './compiler-message.ts';
import { failedTestAt } from './failed-test.ts';
import { pythonErrorAt } from './python-error.ts';

export type { BuildCategory, BuildProblem } from './build-rule.ts';

/**
 * Finds what made a build fail in the lines of its log. The first cause counts, and what others say of it later (make, dh,
 * dpkg-buildpackage) only when there is no cause. undefined when nothing is recognised. Linear in the length of the log.
 *
 * Only the failed step's part of the log is searched at first: a configure script or a passing test may well print errors.
 */
export function findBuildProblem(lines: readonly string[]): BuildProblem | undefined {
  const { start, step } = lastStep(lines);
  if (step === 'dh_auto_test' && testsFailed(lines, start)) {
    return first(lines, start, diskFullAt) ?? first(lines, start, failedTestAt) ?? first(lines, start, anyCauseAt) ?? testStep;
  }
  return (
    first(lines, start, anyCauseAt) ??
    first(lines.slice(0, start), 0, anyCauseAt) ??
    first(lines, 0, failedTestAt) ??
    first(lines, 0, followUpAt)
  );
}

const testStep: BuildProblem = { category: 'test', message: "the package's own tests failed" };

type Finder = (lines: readonly string[], index: number) => BuildProblem | undefined;

function first(lines: readonly string[], start: number, finder: Finder): BuildProblem | undefined {
  for (let index = start; index < lines.length; index++) {
    const problem = finder(lines, index);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

// A traceback is looked at as a whole before its lines are: it knows the place.
const anyCauseAt: Finder = (lines, index) =>
  pythonErrorAt(lines, index) ?? surroundingsOf(plainLine(lines[index] ?? '')) ?? compileErrorAt(lines, index) ?? causeAt(lines, index);

const diskFullAt: Finder = (lines, index) => {
  const problem = surroundingsOf(plainLine(lines[index] ?? ''));
  return problem?.category === 'disk' ? problem : undefined;
};

function compileErrorAt(lines: readonly string[], index: number): BuildProblem | undefined {
  const found = compilerMessageAt(lines, index);
  if (found === undefined || found.level !== 'error') return undefined;
  const { level: _, ...place } = found;
  return { category: 'compile', ...place };
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
