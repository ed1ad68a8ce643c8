import { codeSpan, inertLine } from '@release-kit/action';
import type { Job } from './job.ts';
import type { Plan } from './plan.ts';

const heads = ['Package', 'Path', 'Distribution', 'Architecture', 'Strategy', 'Runner', 'Cost', 'all'] as const;

/** The plan for the log: one line of aligned columns for each job. */
export function planLines(jobs: readonly Job[]): readonly string[] {
  const titles = headsOf(jobs);
  const rows = [titles, ...jobs.map((job) => cells(job, titles).map(inertLine))];
  const widths = titles.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The plan for the summary, GitHub Markdown. */
export function planTable({ jobs }: Plan): string {
  if (jobs.length === 0) return '';
  const titles = headsOf(jobs);
  return table(
    titles,
    jobs.map((job) => cells(job, titles)),
  );
}

/** Which packages are built and why, and what is left out: GitHub Markdown that follows the plan in each of its forms. */
export function reasonTable({ choices, skipped }: Plan): string {
  const rows = choices.map(({ package: { name, path }, built, reason }) => [name, path, built ? 'yes' : 'no', reason]);
  const left = skipped.length === 0 ? '' : `\nLeft out:\n\n${skipped.map((sentence) => `- ${codeSpan(sentence)}`).join('\n')}\n`;
  return `${table(['Package', 'Path', 'Built', 'Because'], rows)}${left}`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => `| ${row.map(cell).join(' | ')} |`);
  return `${[`| ${titles.join(' | ')} |`, `|${' --- |'.repeat(titles.length)}`, ...lines].join('\n')}\n`;
}

function cell(text: string): string {
  return text === '' ? '' : codeSpan(text);
}

/** Stages are told where there is more than one. */
const headsOf = (jobs: readonly Job[]): readonly string[] => (jobs.some(({ stage }) => stage > 1) ? [...heads, 'Stage'] : heads);

function cells(job: Job, titles: readonly string[]): readonly string[] {
  const runner = typeof job.runner === 'string' ? job.runner : job.runner.join(', ');
  const place = [job.package, job.path, job.distribution, job.architecture, job.strategy, runner];
  return [...place, String(job.cost), job['build-all'] ? 'yes' : '', ...(titles.includes('Stage') ? [String(job.stage)] : [])];
}
