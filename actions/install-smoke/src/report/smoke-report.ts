import { figureNames } from '../figures/figure-text.ts';
import type { Figures } from '../figures/figures.ts';
import type { Leftover } from '../files/leftover.ts';
import { codeOfProblem, cureOfProblem, isFailure, type Problem, type Subject } from '../problem.ts';
import type { TargetResult, TrackResult } from '../target.ts';
import type { UnitResult } from '../units/services.ts';
import { reportSchemaVersion } from './smoke-report-schema.ts';

/**
 * Everything for programs, in the form of `smoke-report.schema.json`: every key is always there. Texts are as they were found: a program that prints them
 * has to make them harmless. Ends with a line feed.
 */
export function smokeReport(results: readonly TargetResult[]): string {
  const failed = results.some(({ outcome }) => outcome === 'failed');
  const report = { schema: reportSchemaVersion, result: failed ? 'failed' : 'passed', targets: results.map(targetOf) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function targetOf({ target, outcome, reason, tracks, problems }: TargetResult): object {
  return {
    target: target.name,
    distribution: target.distribution,
    architecture: target.architecture,
    builtFor: target.builtFor,
    image: target.image ?? null,
    packages: target.debs.map((deb) => ({ name: deb.package, version: deb.version, architecture: deb.architecture })),
    outcome,
    reason: reason ?? null,
    problems: problems.map(problemOf),
    tracks: tracks.map(trackOf),
  };
}

function trackOf({ name, outcome, reason, steps, problems, units, leftovers, figures, previousFigures }: TrackResult): object {
  return {
    name,
    outcome,
    reason: reason ?? null,
    steps: steps.map((step) => ({
      name: step.name,
      result: step.result,
      milliseconds: step.milliseconds,
      note: step.note,
      problems: step.problems.map((problem) => problem.category),
    })),
    problems: problems.map(problemOf),
    units: units.map(unitOf),
    leftovers: { found: leftovers.found.map(leftoverOf), noted: leftovers.noted.map(leftoverOf), accounts: leftovers.accounts },
    figures: figuresOf(figures),
    previousFigures: figuresOf(previousFigures),
  };
}

function problemOf(problem: Problem): object {
  const { category, message, place, subject, evidence } = problem;
  return {
    category,
    code: codeOfProblem(problem),
    level: isFailure(problem) ? 'error' : 'warning',
    message,
    cure: cureOfProblem(problem),
    place: place === undefined ? null : { file: place.file, line: place.line ?? null },
    subject: subject === undefined ? null : subjectOf(subject),
    evidence: evidence ?? null,
  };
}

/** Without the text of a script, which is in the package. */
function subjectOf(subject: Subject): object {
  return subject.kind === 'script' ? { kind: subject.kind, package: subject.package, name: subject.name } : subject;
}

function unitOf({ unit, outcome, remark, after, exposure, listens }: UnitResult): object {
  return { unit, outcome, remark: remark ?? null, after: after ?? null, exposure: exposure?.score ?? null, listens: listens ?? [] };
}

function leftoverOf({ kind, what, how, below, cure }: Leftover): object {
  return { kind, what, how: how ?? null, below, cure };
}

function figuresOf(figures: Figures): object {
  return Object.fromEntries(figureNames.map((name) => [name, figures[name] ?? null]));
}
