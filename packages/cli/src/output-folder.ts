import { existsSync } from 'node:fs';
import { cp, lchown, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord, StepRecord } from './record.ts';

/** Whatever happened: logs and `summary.md` into the output folder, and all of it to the person who called sudo. */
export async function finishOutput(
  stage: string,
  output: string,
  record: RunRecord,
  actionsText: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (record.steps.length === 0) return;
  await mkdir(output, { recursive: true });
  const logs = join(stage, 'logs');
  if (existsSync(logs)) await cp(logs, join(output, 'logs'), { recursive: true, force: true });
  const temporary = join(output, '.summary.md');
  await writeFile(temporary, `${stepsTable(record.steps)}\n${actionsText}`);
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
