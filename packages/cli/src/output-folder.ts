import { existsSync } from 'node:fs';
import { copyFile, cp, lchown, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepRecord } from './record.ts';

export interface Finish {
  /** Absolute folder whose `logs/` are kept. */
  readonly stage: string;
  /** Absolute. */
  readonly output: string;
  /** Absolute path of the log of this run. */
  readonly log: string;
  readonly steps: readonly StepRecord[];
  /** What the actions wrote for the summary. */
  readonly text: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Whatever happened: logs and `summary.md` into the output folder, and all of it to the person who called sudo. */
export async function finishOutput({ stage, output, log, steps, text, env }: Finish): Promise<void> {
  if (steps.length === 0) return;
  const logs = join(output, 'logs');
  await mkdir(logs, { recursive: true });
  if (existsSync(join(stage, 'logs'))) await cp(join(stage, 'logs'), logs, { recursive: true, force: true });
  if (existsSync(log)) await copyFile(log, join(logs, 'pipeline.log'));
  const temporary = join(output, '.summary.md');
  await writeFile(
    temporary,
    `${stepsTable(steps)}
${text}`,
  );
  await rename(temporary, join(output, 'summary.md'));
  await giveToInvoker(output, env);
}

/** GitHub Markdown: one sentence that says how it ended, and a table of steps. */
export function stepsTable(steps: readonly StepRecord[]): string {
  const failed = steps.find((step) => step.outcome === 'failed');
  const time = `${steps.reduce((sum, step) => sum + step.seconds, 0).toFixed(1)} s`;
  const verdict = failed === undefined ? `Everything ended well, in ${time}.` : `**${failed.name} failed** after ${time}.`;
  const rows = steps.map((step) => {
    const result = step.reason === undefined ? step.outcome : `${step.outcome}: ${step.reason}`;
    return `| ${step.name} | ${result} | ${step.outcome === 'skipped' ? '' : `${step.seconds.toFixed(1)} s`} |`;
  });
  return `# Local pipeline\n\n${verdict}\n\n| step | result | time |\n| --- | --- | ---: |\n${rows.join('\n')}\n`;
}

/** Under sudo the output belongs to the person who called it, not to root. */
async function giveToInvoker(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const uid = Number(env['SUDO_UID'] ?? Number.NaN);
  const gid = Number(env['SUDO_GID'] ?? Number.NaN);
  if (process.getuid?.() !== 0 || !Number.isInteger(uid) || !Number.isInteger(gid)) return;
  const names = await readdir(folder, { recursive: true });
  for (const path of [folder, ...names.map((name) => join(folder, name))]) await lchown(path, uid, gid);
}
