import { codeBlock, codeSpan, inertMarkdown } from '@release-kit/action';
import { codeOfProblem, cureOfProblem, isFailure, type Problem } from '../problem.ts';
import type { TargetResult, TrackResult } from '../target.ts';

const mostEvidence = 4000;

/** A table of the steps of each track and the evidence of each problem, as GitHub Markdown. */
export function smokeSummary({ target, outcome, tracks, problems }: TargetResult): string {
  const names = target.debs.map((deb) => codeSpan(`${deb.package} ${deb.version}`)).join(', ');
  return [
    `### Installed on ${inertMarkdown(target.name)}: ${outcome}`,
    '',
    names,
    ...problems.flatMap(problemText),
    ...tracks.flatMap((track) => trackText(track, tracks.length > 1)),
    '',
  ].join('\n');
}

function trackText({ name, steps, problems }: TrackResult, several: boolean): readonly string[] {
  const marks = { passed: '✅', failed: '❌', skipped: '⏭️' } as const;
  const rows = steps.map(({ name: step, result, milliseconds, note }) => {
    const time = `${(milliseconds / 1000).toFixed(1)} s`;
    return `| ${marks[result]} | ${inertMarkdown(step)} | ${time} | ${inertMarkdown(cut(note, 300))} |`;
  });
  const title = several ? ['', `#### ${inertMarkdown(name)}`] : [];
  return [...title, '', '| | Step | Time | Result |', '|---|---|---|---|', ...rows, ...problems.flatMap(problemText)];
}

function problemText(problem: Problem): readonly string[] {
  const evidence = problem.evidence === undefined ? [] : ['', codeBlock(cut(problem.evidence, mostEvidence))];
  return ['', `**${codeOfProblem(problem)}** ${inertMarkdown(problem.message)}. ${inertMarkdown(cureOfProblem(problem))}`, ...evidence];
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Everything for programs; ends with a line feed. */
export function smokeReport(results: readonly TargetResult[]): string {
  const passed = results.every(({ tracks, problems }) => ![...problems, ...tracks.flatMap((track) => track.problems)].some(isFailure));
  const targets = results.map(({ target, ...rest }) => ({
    ...{ target: target.name, distribution: target.distribution, architecture: target.architecture, builtFor: target.builtFor },
    packages: target.debs.map((deb) => ({ name: deb.package, version: deb.version })),
    ...rest,
  }));
  return `${JSON.stringify({ schema: 2, result: passed ? 'passed' : 'failed', targets }, null, 2)}\n`;
}
