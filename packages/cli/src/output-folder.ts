import { constants, existsSync } from 'node:fs';
import { copyFile, cp, lchown, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { innerFolder, writeWhole } from '@release-kit/action';
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
  const logs = await innerFolder(output, 'logs');
  if (existsSync(join(stage, 'logs'))) await cp(join(stage, 'logs'), logs, { recursive: true, force: true });
  const kept = join(logs, 'pipeline.log');
  // Copied anew, for what is there may be a link of strangers.
  await rm(kept, { force: true });
  if (existsSync(log)) await copyFile(log, kept, constants.COPYFILE_EXCL);
  await writeWhole(join(output, 'summary.md'), `${stepsTable(steps)}\n${text}`);
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
