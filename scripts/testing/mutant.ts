import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlantedDefect } from './patch-file.ts';
import { runProcess } from './process.ts';
import type { Outcome, WarmJest } from './warm-jest.ts';

export type Verdict = { readonly caught: true } | { readonly caught: false; readonly why: string };

export interface Bench {
  /** Absolute; the copy of the tree. */
  readonly root: string;
  /** Runs tests of the copy. */
  readonly jest: Pick<WarmJest, 'run'>;
}

/** Plants a defect in the copy, runs its test, which must fail, and takes the defect out again. */
export async function tryDefect({ root, jest }: Bench, defect: PlantedDefect, patch: string): Promise<Verdict> {
  const before = await timesOf(root, defect.files);
  const applied = await apply(root, [patch]);
  if (applied.exitCode !== 0) return { caught: false, why: `does not apply: ${firstLine(applied.output)}` };
  const planted = await makeNewer(root, before);
  const outcome = await jest.run(defect.test);
  const undone = await apply(root, ['-R', patch]);
  // All verdicts after it would be of another tree.
  if (undone.exitCode !== 0) throw new Error(`${defect.name} cannot be taken out again: ${firstLine(undone.output)}`);
  await makeNewer(root, planted);
  return judge(outcome);
}

/** Without the defect the test must pass, else its failure says nothing. */
export async function passesWithout({ jest }: Bench, test: string): Promise<Verdict> {
  return judgeSound(await jest.run(test));
}

/** Only a test that ran and failed caught something; a file that cannot be loaded is a broken patch. */
export function judge(outcome: Outcome): Verdict {
  if (outcome.kind === 'lost') return { caught: false, why: `its test could not run: ${outcome.why}` };
  const { counts, failures } = outcome.run;
  if (counts.broken > 0) return { caught: false, why: `its test could not run: ${firstLine(failures[0] ?? '')}` };
  if (counts.passed + counts.failed === 0) return { caught: false, why: 'its test ran nothing' };
  return counts.failed > 0 ? { caught: true } : { caught: false, why: 'its test passes all the same' };
}

/** A sound tree is fine when its test ran and all of it passed. */
export function judgeSound(outcome: Outcome): Verdict {
  if (outcome.kind === 'ran' && outcome.run.counts.failed + outcome.run.counts.broken === 0 && outcome.run.counts.passed > 0)
    return { caught: true };
  const what = outcome.kind === 'lost' ? outcome.why : outcome.run.failures.map(firstLine).join('; ') || 'nothing ran';
  return { caught: false, why: `its test fails without the defect: ${what}` };
}

/** The copy lies outside any repository; a variable of git must not say otherwise. */
function apply(root: string, args: readonly string[]): ReturnType<typeof runProcess> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  return runProcess(['git', 'apply', '--whitespace=nowarn', ...args], { cwd: root, env });
}

type Times = ReadonlyMap<string, number>;

async function timesOf(root: string, files: readonly string[]): Promise<Times> {
  return new Map(await Promise.all(files.map(async (file) => [file, (await stat(join(root, file))).mtimeMs] as const)));
}

/**
 * Jest knows a file that it has seen by its time in milliseconds. Whatever the clock does, each state of a file has a time of its own, later
 * than the one before.
 */
async function makeNewer(root: string, before: Times): Promise<Times> {
  const times = new Map([...before].map(([file, time]) => [file, Math.max(Date.now(), Math.ceil(time) + 1)]));
  for (const [file, time] of times) await utimes(join(root, file), new Date(time), new Date(time));
  return times;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
