import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Until } from './early-end.ts';
import type { PlantedDefect, TestGroup } from './patch-file.ts';
import { runProcess } from './process.ts';
import type { Outcome, WarmJest } from './warm-jest.ts';

export type Verdict = Caught | Missed;
interface Caught {
  readonly caught: true;
  /** What a person may want to mend. */
  readonly note?: string;
}
interface Missed {
  readonly caught: false;
  readonly why: string;
}

export interface Bench {
  /** Absolute; the copy of the tree. */
  readonly root: string;
  /** Runs tests of the copy. */
  readonly jest: Pick<WarmJest, 'run'>;
}

/** What a run of a test said of a planted defect, before it is known whether that test passes without it. */
interface Trial {
  readonly defect: PlantedDefect;
  readonly verdict: Verdict;
  /** Where the run had ended that caught it; undefined where tests that are named did, which were seen to pass before. */
  readonly end?: Until;
}

/**
 * Tries defects that the same test file must catch. A failure counts where the same tests pass without the defect: those that
 * the defects name, or all of the file up to the one that failed. Both times the same tests run: one may need what another did before it.
 */
export async function tryGroup(
  bench: Bench,
  { test, defects }: TestGroup,
  patchOf: (defect: PlantedDefect) => string,
  onTried: (defect: PlantedDefect) => unknown = () => {},
): Promise<readonly (readonly [PlantedDefect, Verdict])[]> {
  const named = await passingNamed(bench, test, defects);
  const trials: Trial[] = [];
  for (const defect of defects) {
    trials.push(await tryDefect(bench, defect, patchOf(defect), named));
    onTried(defect);
  }
  const ends = trials.flatMap(({ end }) => (end === undefined ? [] : [end]));
  const sound = ends.length === 0 ? undefined : judgeSound(await bench.jest.run(test, { until: farthest(ends) }));
  return trials.map(({ defect, verdict, end }) => [defect, end === undefined || sound?.caught !== false ? verdict : sound]);
}

/** The tests that the defects name, where all of them that are there pass without any defect. */
async function passingNamed({ jest }: Bench, test: string, defects: readonly PlantedDefect[]): Promise<readonly string[]> {
  const only = [...new Set(defects.flatMap(({ caughtBy }) => caughtBy ?? []))];
  const outcome = only.length === 0 ? undefined : await jest.run(test, { only });
  return outcome?.kind === 'ran' && judgeSound(outcome).caught ? outcome.run.passes : [];
}

/** Plants a defect in the copy, runs its test, which must fail, and takes the defect out again. */
async function tryDefect({ root, jest }: Bench, defect: PlantedDefect, patch: string, named: readonly string[]): Promise<Trial> {
  const before = await timesOf(root, defect.files);
  const applied = await apply(root, [patch]);
  if (applied.exitCode !== 0) return { defect, verdict: { caught: false, why: `does not apply: ${firstLine(applied.output)}` } };
  const planted = await makeNewer(root, before);
  const trial = await runTests(jest, defect, named);
  const undone = await apply(root, ['-R', patch]);
  // All verdicts after it would be of another tree.
  if (undone.exitCode !== 0) throw new Error(`${defect.name} cannot be taken out again: ${firstLine(undone.output)}`);
  await makeNewer(root, planted);
  return trial;
}

/** The name of a test saves time and decides nothing: where that test does not catch the defect, the whole file may. */
async function runTests(jest: Bench['jest'], defect: PlantedDefect, named: readonly string[]): Promise<Trial> {
  const { test, caughtBy } = defect;
  if (caughtBy !== undefined && named.includes(caughtBy)) {
    const verdict = judge(await jest.run(test, { only: named }));
    if (verdict.caught) return { defect, verdict };
  }
  const outcome = await jest.run(test);
  const verdict = judge(outcome);
  if (outcome.kind === 'lost' || !verdict.caught) return { defect, verdict };
  const { counts, failures } = outcome.run;
  const note = caughtBy === undefined ? {} : { note: `not by "${caughtBy}", which it names` };
  return { defect, verdict: { ...verdict, ...note }, end: { names: failures, count: counts.passed + counts.failed } };
}

/** Where all of these have ended. */
function farthest(ends: readonly Until[]): Until {
  return { names: ends.flatMap(({ names }) => names), count: Math.max(...ends.map(({ count }) => count)) };
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
