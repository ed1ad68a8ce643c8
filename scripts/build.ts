/** Makes dist/ as the tree that a release tag holds. `--check-reproducible` builds it twice and compares. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pool } from '@release-kit/action/pool';
import { bundleAction } from './building/bundle.ts';
import { differences, digestFolder } from './building/digest.ts';
import { softwareBill } from './building/sbom.ts';
import { answeredByFrame, measureStartup, type Startup, startOnce, startupLimit } from './building/startup.ts';
import { kilobytes, textTable } from './building/table.ts';
import { actionFiles, rootFiles } from './building/tree.ts';
import { runProcess } from './testing/process.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
/** ncc needs one processor and about half a GiB each. */
const atOnce = 2;
const rounds = 11;

const names = (await readdir(join(root, 'actions'))).sort();
await compile();
await layOut(dist);
if (process.argv.includes('--check-reproducible')) await checkReproducible();
await checkStarts();
await report();

async function compile(): Promise<void> {
  const { exitCode } = await runProcess(['tsc', '-b'], { show: true, cwd: root });
  if (exitCode !== 0) throw new Error('the compiler found errors');
}

async function layOut(tree: string): Promise<void> {
  const bundles = await pool(
    names,
    async (name) => {
      const packages = await bundleAction(root, name, join(tree, name));
      await actionFiles(root, name, join(tree, name));
      return [name, packages] as const;
    },
    atOnce,
  );
  await rootFiles(root, tree);
  const lock: unknown = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  await writeFile(join(tree, 'sbom.cdx.json'), softwareBill(new Map(bundles), lock));
}

async function checkReproducible(): Promise<void> {
  const second = join(root, '.cache', 'build', 'second');
  await layOut(second);
  const changed = (await differences(dist, second)).filter((path) => path !== 'README.md');
  if (changed.length > 0) throw new Error(`two builds differ in ${changed.join(', ')}`);
  console.log('Building twice gives the same bytes.');
}

async function checkStarts(): Promise<void> {
  for (const name of names) {
    const said = await startOnce(join(dist, name, 'index.js'));
    if (!answeredByFrame(said))
      throw new Error(`${name} does not start: given an unknown input it should end with E_INPUT, but it said:\n${said}`);
  }
}

async function report(): Promise<void> {
  const { base, rows } = await measureStartup(new Map(names.map((name) => [name, join(dist, name, 'index.js')])), rounds);
  const sizes = new Map(await pool(names, async (name) => [name, await sizesOf(join(dist, name))] as const, 1));
  const table = rows.map(({ action, milliseconds, ratio }) => {
    const size = sizes.get(action) ?? { index: 0, all: 0 };
    return [action, kilobytes(size.index), kilobytes(size.all), `${milliseconds.toFixed(0)} ms`, `${ratio.toFixed(2)}x`];
  });
  const head = ['bundle', 'index.js', 'with chunks', 'start, processor time', 'against node -e 0'];
  console.log(textTable([head, ['node -e 0', '', '', `${base.toFixed(0)} ms`, '1.00x'], ...table]));
  const slow = await stillSlow(rows);
  if (slow.length > 0)
    throw new Error(`these start slower than ${startupLimit} times node -e 0: ${slow.map(({ action }) => action).join(', ')}`);
}

/** Load from elsewhere may have hit some more than the others: what is over the limit is measured again, more often, and is slow when it always is. */
async function stillSlow(rows: readonly Startup[]): Promise<readonly Startup[]> {
  const isSlow = ({ ratio }: Startup): boolean => ratio > startupLimit;
  let slow = rows.filter(isSlow);
  for (let again = 0; slow.length > 0 && again < 3; again += 1) {
    const bundles = new Map(slow.map(({ action }) => [action, join(dist, action, 'index.js')]));
    const measured = (await measureStartup(bundles, 3 * rounds)).rows;
    console.log(`Measured again: ${measured.map(({ action, ratio }) => `${action} ${ratio.toFixed(2)}x`).join(', ')}`);
    slow = measured.filter(isSlow);
  }
  return slow;
}

async function sizesOf(folder: string): Promise<{ readonly index: number; readonly all: number }> {
  const files = [...(await digestFolder(folder))].filter(([path]) => /\.[cm]?js$/.test(path));
  return { index: files.find(([path]) => path === 'index.js')?.[1].bytes ?? 0, all: files.reduce((sum, [, { bytes }]) => sum + bytes, 0) };
}
