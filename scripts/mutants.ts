/** Plants each defect of test/mutants in a copy of the tree; the test it names must catch it. Names of defects may be given. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pool } from '@release-kit/action/pool';
import { textTable } from './building/table.ts';
import { passesWithout, tryDefect, type Verdict } from './testing/mutant.ts';
import { type PlantedDefect, parsePatch, withoutDefect } from './testing/patch-file.ts';
import { copyTree, type TreeCopy } from './testing/tree-copy.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'test', 'mutants');
/** Fewer would not cover the house. */
const fewest = 20;
const atOnce = 2;

const wanted = process.argv.slice(2).map((name) => name.replace(/^.*\/|\.patch$/g, ''));
const names = (await readdir(folder)).filter((file) => file.endsWith('.patch')).map((file) => file.slice(0, -'.patch'.length));
const chosen = names.sort().filter((name) => wanted.length === 0 || wanted.includes(name));
const defects = await pool(chosen, async (name) => parsePatch(name, await readFile(join(folder, `${name}.patch`), 'utf8')), 1);

await using copies = new AsyncDisposableStack();
const free: TreeCopy[] = [];
for (let count = 0; count < atOnce; count += 1) free.push(copies.use(await copyTree(root)));

/** One sound run for each test file is enough. */
const tests = [...new Map(defects.map((defect) => [defect.test, defect])).values()];
const sound = new Map(
  await pool(tests, (defect) => inCopy(async (copy) => [defect.test, await passesWithout(copy, defect)] as const), atOnce),
);
const verdicts = await pool(defects, (defect) => inCopy((copy) => verdictOn(copy, defect)), atOnce);

const missed = verdicts.filter(({ caught }) => !caught).length;
console.log(textTable([['planted defect', 'verdict'], ...defects.map((defect, index) => [defect.name, wordsOf(verdicts[index])])]));
console.log(`${defects.length - missed} caught, ${missed} missed`);
const problems = wanted.length === 0 ? await gaps() : [];
for (const problem of problems) console.log(problem);
process.exitCode = missed === 0 && problems.length === 0 && defects.length > 0 ? 0 : 1;

async function verdictOn(copy: string, defect: PlantedDefect): Promise<Verdict> {
  const before = sound.get(defect.test);
  return before?.caught === true
    ? tryDefect(copy, defect, join(folder, `${defect.name}.patch`))
    : (before ?? { caught: false, why: 'its test did not run' });
}

async function inCopy<T>(work: (copy: string) => Promise<T>): Promise<T> {
  const copy = free.pop();
  if (copy === undefined) throw new Error('no free copy of the tree');
  try {
    return await work(copy.root);
  } finally {
    free.push(copy);
  }
}

function wordsOf(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'not tried';
  return verdict.caught ? 'caught' : `MISSED: ${verdict.why}`;
}

async function gaps(): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const group of ['packages', 'actions']) for (const name of await readdir(join(root, group))) folders.push(`${group}/${name}`);
  const bare = withoutDefect(defects, folders).map((name) => `${name}: no defect is planted here`);
  return defects.length < fewest ? [...bare, `There are ${defects.length} defects; at least ${fewest} are asked for.`] : bare;
}
