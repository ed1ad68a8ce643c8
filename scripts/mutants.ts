/** Plants each defect of test/mutants in a copy of the tree; the test it names must catch it. Names of defects may be given. */
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pool } from '@release-kit/action/pool';
import { textTable } from './building/table.ts';
import { tryGroup, type Verdict } from './testing/mutant.ts';
import { byTest, type PlantedDefect, parsePatch, type TestGroup, withoutDefect } from './testing/patch-file.ts';
import { Progress } from './testing/progress.ts';
import { copyTree } from './testing/tree-copy.ts';
import { WarmJest } from './testing/warm-jest.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'test', 'mutants');
/** Fewer would not cover the house. */
const fewest = 20;
/** One more than there are processors: a test with a defect often waits for what does not come. */
const atOnce = availableParallelism() + 1;

interface WarmBench {
  /** Absolute; a copy of the tree. */
  readonly root: string;
  readonly jest: WarmJest;
}

/** Why a process of jest was not used for the next test, and how often. */
const replaced = new Map<string, number>();
const onReplaced = (_: string, why: string): unknown => replaced.set(why, (replaced.get(why) ?? 0) + 1);

const wanted = process.argv.slice(2).map((name) => name.replace(/^.*\/|\.patch$/g, ''));
const names = (await readdir(folder)).filter((file) => file.endsWith('.patch')).map((file) => file.slice(0, -'.patch'.length));
const chosen = names.sort().filter((name) => wanted.length === 0 || wanted.includes(name));
const defects = await pool(chosen, async (name) => parsePatch(name, await readFile(join(folder, `${name}.patch`), 'utf8')), 1);

const temporary = await mkdtemp(join(tmpdir(), 'release-kit-mutants-'));
await using benches = new AsyncDisposableStack();
benches.defer(() => rm(temporary, { recursive: true, force: true }));
const all: WarmBench[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endAtOnce);
for (let count = 0; count < atOnce; count += 1) {
  const { root: copy } = await copyTree(root, temporary);
  const jest = new WarmJest({ root: copy, cache: join(temporary, `jest-${count}`), onReplaced });
  all.push({ root: copy, jest: benches.use(jest) });
}
const free = [...all];

const progress = new Progress(process.stdout, 'planted defects tried', defects.length);
const verdicts = new Map((await pool(byTest(defects), onBench, atOnce)).flat());
progress.end();
const missed = defects.filter((defect) => verdicts.get(defect)?.caught !== true);
console.log(textTable([['planted defect', 'verdict'], ...rows(defects)]));
for (const [why, times] of replaced) console.log(`processes replaced: ${times} (${why})`);
console.log(`${defects.length - missed.length} caught, ${missed.length} missed`);
// Again, for whoever sees only the end of a log.
if (missed.length > 0) console.log(textTable(rows(missed)));
const problems = wanted.length === 0 ? await gaps() : [];
for (const problem of problems) console.log(problem);
process.exitCode = missed.length === 0 && problems.length === 0 && defects.length > 0 ? 0 : 1;

/** Interrupted, it leaves nothing behind: no process that hangs, no copy. Without a pause, in which the next test would start. */
function endAtOnce(): void {
  for (const { jest } of all) jest.killNow();
  rmSync(temporary, { recursive: true, force: true });
  process.exit(130);
}

/** Defects of one test file follow each other while what it imports is warm. */
async function onBench(group: TestGroup): Promise<readonly (readonly [PlantedDefect, Verdict])[]> {
  const bench = free.pop();
  if (bench === undefined) throw new Error('no free copy of the tree');
  const tried = await tryGroup(
    bench,
    group,
    ({ name }) => join(folder, `${name}.patch`),
    ({ name }) => progress.step(name),
  );
  for (const [{ name }, verdict] of tried) if (!verdict.caught) progress.print(`${name}: ${wordsOf(verdict)}`);
  free.push(bench);
  return tried;
}

function rows(some: readonly PlantedDefect[]): readonly string[][] {
  return some.map((defect) => [defect.name, wordsOf(verdicts.get(defect))]);
}

function wordsOf(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'not tried';
  if (verdict.caught) return verdict.note === undefined ? 'caught' : `caught, ${verdict.note}`;
  return `MISSED: ${verdict.why}`;
}

async function gaps(): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const group of ['packages', 'actions']) for (const name of await readdir(join(root, group))) folders.push(`${group}/${name}`);
  const bare = withoutDefect(defects, folders).map((name) => `${name}: no defect is planted here`);
  return defects.length < fewest ? [...bare, `There are ${defects.length} defects; at least ${fewest} are asked for.`] : bare;
}
