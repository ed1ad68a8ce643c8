import { codeBlock, codeSpan, inertMarkdown } from '@release-kit/action';
import type { Leftovers } from './leftover.ts';
import type { Problem } from './problem.ts';
import type { UnitResult } from './services.ts';
import type { Step } from './steps.ts';

/** What is told about a whole run. */
export interface SmokeResult {
  readonly distribution: string;
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
  readonly units: readonly UnitResult[];
  readonly leftovers: Leftovers;
}

const mostEvidence = 4000;

/** A table of the steps and the evidence of each problem, as GitHub Markdown. */
export function smokeSummary(result: SmokeResult): string {
  const { distribution, packages, steps, problems } = result;
  const names = packages.map(({ name, version }) => codeSpan(`${name} ${version}`)).join(', ');
  const marks = { passed: '✅', failed: '❌' } as const;
  const rows = steps.map(({ name, result: how, milliseconds, note }) => {
    const time = `${(milliseconds / 1000).toFixed(1)} s`;
    return `| ${marks[how]} | ${inertMarkdown(name)} | ${time} | ${inertMarkdown(cut(note, 300))} |`;
  });
  return [
    `### Installed on ${inertMarkdown(distribution)}: ${problems.length === 0 ? 'passed' : 'failed'}`,
    '',
    names,
    '',
    '| | Step | Time | Result |',
    '|---|---|---|---|',
    ...rows,
    ...problems.flatMap(problemText),
    '',
  ].join('\n');
}

function problemText(problem: Problem): readonly string[] {
  const cure = problem.cure === undefined ? '' : ` ${inertMarkdown(problem.cure)}`;
  const evidence = problem.evidence === undefined ? [] : ['', codeBlock(cut(problem.evidence, mostEvidence))];
  return ['', `**${problem.code}** ${inertMarkdown(problem.message)}.${cure}`, ...evidence];
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** Everything for programs; ends with a line feed. */
export function smokeReport(result: SmokeResult): string {
  const { distribution, packages, steps, problems, units, leftovers } = result;
  const passed = problems.length === 0;
  const report = { schema: 1, result: passed ? 'passed' : 'failed', distribution, packages, steps, problems, units, leftovers };
  return `${JSON.stringify(report, null, 2)}\n`;
}
