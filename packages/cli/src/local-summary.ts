import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord, StepRecord } from './record.ts';

/** Writes `summary.md` into the output folder: the steps, then what each action wrote for the job summary. */
export async function writeLocalSummary(output: string, record: RunRecord, actionsText: string): Promise<void> {
  if (record.steps.length === 0) return;
  await mkdir(output, { recursive: true });
  const temporary = join(output, '.summary.md');
  await writeFile(temporary, `${stepsTable(record.steps)}\n${actionsText}`);
  await rename(temporary, join(output, 'summary.md'));
}

/** GitHub Markdown: one sentence that says how it ended, and a table of steps. */
export function stepsTable(steps: readonly StepRecord[]): string {
  const failed = steps.find((step) => step.outcome === 'failed');
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  const verdict =
    failed === undefined
      ? `All ${steps.length} steps ended well in ${seconds.toFixed(1)} s.`
      : `**${failed.name} failed** after ${seconds.toFixed(1)} s.`;
  const rows = steps.map(
    (step) =>
      `| ${step.name} | ${step.outcome}${step.reason === undefined ? '' : `: ${step.reason}`} | ${step.outcome === 'skipped' ? '' : `${step.seconds.toFixed(1)} s`} |`,
  );
  return `# Local pipeline\n\n${verdict}\n\n| step | result | time |\n| --- | --- | ---: |\n${rows.join('\n')}\n`;
}
