import { codeSpan, inertLine } from '@release-kit/action';
import type { Job } from './job.ts';
import type { Plan } from './plan.ts';

const heads = ['Package', 'Path', 'Distribution', 'Architecture', 'Strategy', 'Runner'] as const;

/** The plan for the log: one line of aligned columns for each job. */
export function planLines(jobs: readonly Job[]): readonly string[] {
  const rows = [heads, ...jobs.map((job) => cells(job).map(inertLine))];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The plan for the summary, GitHub Markdown. */
export function planTable({ jobs, skipped }: Plan): string {
  const rows = jobs.map((job) => `| ${cells(job).map(codeSpan).join(' | ')} |`);
  const table = [`| ${heads.join(' | ')} |`, `|${' --- |'.repeat(heads.length)}`, ...rows];
  const left = skipped.length === 0 ? [] : ['', 'Left out:', '', ...skipped.map((sentence) => `- ${codeSpan(sentence)}`)];
  return `## Plan: ${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}\n\n${[...table, ...left].join('\n')}\n`;
}

function cells({ package: name, path, distribution, architecture, strategy, runner }: Job): readonly string[] {
  return [name, path, distribution, architecture, strategy, typeof runner === 'string' ? runner : runner.join(', ')];
}
