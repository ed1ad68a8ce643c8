import { codeSpan, cutText, inertMarkdown, type Place } from '@release-kit/action';
import type { CheckAnnotation, CheckReport } from '@release-kit/github';
import { annotationOf } from './annotations.ts';
import type { Explanation, Explanations } from './explanation.ts';
import { lineOf } from './finding-text.ts';
import type { CheckedFile, LintResult } from './lint-result.ts';
import type { Placed } from './placed.ts';

export interface CheckFacts {
  readonly name: string;
  readonly headSha: string;
  /** GitHub Markdown. */
  readonly summary: string;
  /** How GitHub calls a place; undefined for one that is not in the repository. */
  readonly pathOf: (place: Place | undefined) => string | undefined;
}

/** Fifty requests. More would bring an account near GitHub's limits for writing, and nobody reads them. */
const mostAnnotations = 2500;
const mostLines = 500;

/** A check with a name of its own for each job of a matrix, since a later check hides an earlier one of the same name. */
export function checkNameOf(sourcePackage: string, files: readonly CheckedFile[]): string {
  const architectures = files.flatMap(({ name }) => /_([a-z0-9-]+)\.(?:deb|udeb|ddeb)$/.exec(name)?.[1] ?? []);
  const parts = [...new Set([...files.map(({ distribution }) => distribution).sort(), ...architectures.sort()])];
  return `lintian: ${cutText(sourcePackage, 100)} (${parts.join(', ')})`;
}

/**
 * The check that tells a run to GitHub: a finding with a place in the repository is an annotation, any other a line of the text.
 *
 * @param ranked as `rankShown` gives them
 */
export function checkReportOf(result: LintResult, ranked: readonly Placed[], explanations: Explanations, facts: CheckFacts): CheckReport {
  const annotations: CheckAnnotation[] = [];
  const others: Placed[] = [];
  for (const placed of ranked) {
    const annotation = annotations.length < mostAnnotations ? checkAnnotation(placed, explanations, facts.pathOf) : undefined;
    if (annotation === undefined) others.push(placed);
    else annotations.push(annotation);
  }
  return {
    name: facts.name,
    headSha: facts.headSha,
    conclusion: result.passed ? 'success' : 'failure',
    title: titleOf(ranked),
    summary: facts.summary,
    text: textOf(others),
    annotations,
  };
}

function checkAnnotation(placed: Placed, explanations: Explanations, pathOf: CheckFacts['pathOf']): CheckAnnotation | undefined {
  const path = pathOf(placed.location?.place);
  const annotation = annotationOf(placed, explanations);
  if (path === undefined || annotation === undefined) return undefined;
  const { level, title = '', message, line = 1 } = annotation;
  return {
    path,
    startLine: line,
    endLine: line,
    level: level === 'error' ? 'failure' : level,
    title,
    message,
    ...detailsOf(explanations.get(placed.finding.hint.tag)),
  };
}

/** All that the tool says about the tag, where it says more than the message does. */
function detailsOf(explanation: Explanation | undefined): Pick<CheckAnnotation, 'details'> {
  if (explanation === undefined) return {};
  const { meaning, details = meaning, screen } = explanation;
  const more = [...(details === meaning ? [] : [details]), ...(screen === undefined ? [] : [screen])];
  return more.length === 0 ? {} : { details: more.join('\n\n') };
}

function titleOf(ranked: readonly Placed[]): string {
  const severities = ['error', 'warning', 'info', 'pedantic'] as const;
  const parts = severities.flatMap((severity) => {
    const count = ranked.filter(({ finding }) => finding.hint.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count > 1 && (severity === 'error' || severity === 'warning') ? 's' : ''}`];
  });
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

function textOf(others: readonly Placed[]): string {
  if (others.length === 0) return '';
  const lines = others.slice(0, mostLines).map(({ finding, location }) => {
    const where = location === undefined ? '' : ` (${codeSpan(location.shown)})`;
    return `- ${finding.hint.severity}: ${inertMarkdown(cutText(lineOf(finding), 300))}${where}`;
  });
  const more = others.length > mostLines ? [`- and ${others.length - mostLines} more, which are in the log of the job`] : [];
  return ['### Without a line in this repository', '', ...lines, ...more, ''].join('\n');
}
