import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlantedDefect } from './patch-file.ts';
import { runProcess } from './process.ts';
import { countsOfJest, type JestCounts } from './tally.ts';

export type Verdict = { readonly caught: true } | { readonly caught: false; readonly why: string };

const limit = '300';

/** Plants a defect in the copy, runs its test, which must fail, and takes the defect out again. */
export async function tryDefect(copy: string, defect: PlantedDefect, patch: string): Promise<Verdict> {
  const applied = await runProcess(['git', 'apply', '--whitespace=nowarn', patch], { cwd: copy, env: outsideGit() });
  if (applied.exitCode !== 0) return { caught: false, why: `does not apply: ${firstLine(applied.output)}` };
  try {
    return judge(await runTest(copy, defect));
  } finally {
    await runProcess(['git', 'apply', '--whitespace=nowarn', '-R', patch], { cwd: copy, env: outsideGit() });
  }
}

/** Without the defect the test must pass, else its failure says nothing. */
export async function passesWithout(copy: string, defect: PlantedDefect): Promise<Verdict> {
  const tally = await runTest(copy, defect);
  return tally !== undefined && tally.failed === 0 && tally.passed > 0
    ? { caught: true }
    : { caught: false, why: 'its test fails without the defect' };
}

/** Only a test that ran and failed caught something; a file that cannot be loaded is a broken patch. */
export function judge(counts: JestCounts | undefined): Verdict {
  if (counts === undefined || counts.broken > 0) return { caught: false, why: 'its test could not run' };
  if (counts.passed + counts.failed === 0) return { caught: false, why: 'its test ran nothing' };
  return counts.failed > 0 ? { caught: true } : { caught: false, why: 'its test passes all the same' };
}

async function runTest(copy: string, { name, test }: PlantedDefect): Promise<JestCounts | undefined> {
  const report = join(copy, `${name}.json`);
  await rm(report, { force: true });
  const jest = [
    process.execPath,
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(copy, 'node_modules/jest/bin/jest.js'),
  ];
  const argv = [...jest, '--runInBand', '--silent', '--json', `--outputFile=${report}`, '--runTestsByPath', join(copy, test)];
  await runProcess(['timeout', '--kill-after=5', limit, ...argv], { cwd: copy });
  return countsOfJest(report).catch(() => undefined);
}

/** The copy lies outside any repository; a variable of git must not say otherwise. */
function outsideGit(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
