import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Coverage, mergeCoverage, writeCoverage } from './coverage.ts';
import { runProcess } from './process.ts';
import type { StageContext } from './stages.ts';
import { single, sum, type Tally, tallyOfJest } from './tally.ts';
import { v8Coverage } from './v8-coverage.ts';

/**
 * Runs one project of jest; `shared` spreads its files over the processors. Coverage is what V8 counts while each process lives, written
 * once at its end: jest's own starts and stops the counting for every test file, which doubles the time of fast tests.
 */
export async function runJest(name: string, manner: 'alone' | 'shared', context: StageContext): Promise<Tally> {
  const coverage = join(context.reports, 'coverage', name);
  const raw = join(coverage, 'v8');
  await rm(coverage, { recursive: true, force: true });
  await mkdir(raw, { recursive: true });
  const shards = manner === 'alone' ? 1 : availableParallelism();
  const numbers = Array.from({ length: shards }, (_, index) => index + 1);
  const tallies = await Promise.all(
    numbers.map((number) => runShard(name, { number, of: shards, raw, told: manner === 'alone' }, context)),
  );
  await writeCoverage(coverage, await collect(raw, context.root));
  await rm(raw, { recursive: true });
  const { passed, failed, skipped } = sum(tallies);
  // One share may be empty, a whole project is not.
  return passed + failed + skipped === 0 ? single(false) : { passed, failed, skipped };
}

interface Shard {
  readonly number: number;
  readonly of: number;
  /** Absolute; where V8's counts go. */
  readonly raw: string;
  /** Whether each file is told as it ends: a person sees how far minutes of work are. */
  readonly told: boolean;
}

// Node hands the variable to every child, whatever its environment; a child of a test is to be started as users start it.
const forgetFolder = '--import=data:text/javascript,delete process.env.NODE_V8_COVERAGE';

async function runShard(name: string, { number, of, raw, told }: Shard, { root, reports, ci }: StageContext): Promise<Tally> {
  const report = join(reports, `${name}-${number}.json`);
  await rm(report, { force: true });
  const node = ['node', '--experimental-vm-modules', '--disable-warning=ExperimentalWarning', forgetFolder] as const;
  const project = ['node_modules/jest/bin/jest.js', '--selectProjects', name, '--runInBand', `--shard=${number}/${of}`];
  const output = ['--silent', '--passWithNoTests', '--json', `--outputFile=${report}`];
  // With --json jest repeats the report on standard output, so only a failing run is worth showing, from standard error.
  const env = { ...process.env, NODE_V8_COVERAGE: raw };
  const onLine = (line: string): void => {
    if (told && /^(?:PASS|FAIL) /.test(line)) console.log(line);
  };
  const { exitCode, output: text } = await runProcess([...node, ...project, ...output], { cwd: root, env, onLine });
  const tally = await tallyOfJest(report, ci).catch(() => single(false));
  const failed = exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  if (failed.failed > 0) process.stdout.write(`${text.replace(/^\{"numFailedTestSuites".*$/gm, '')}\n`);
  return failed;
}

/** Lines of our own sources; tests are not measured. */
async function collect(raw: string, root: string): Promise<Coverage> {
  const texts = new Map<string, string>();
  const textOf = (file: string): string | undefined => {
    if (!file.startsWith(`${root}/`) || !isMeasured(file.slice(root.length + 1))) return undefined;
    const text = texts.get(file) ?? readFileSync(file, 'utf8');
    texts.set(file, text);
    return text;
  };
  const reports: Coverage[] = [];
  for (const file of await readdir(raw)) reports.push(v8Coverage(await readFile(join(raw, file), 'utf8'), textOf));
  return mergeCoverage(reports);
}

/** `packages/config/src/config.ts`, relative to the repository; no tests. */
export function isMeasured(file: string): boolean {
  return /^(packages|actions)\/[^/]+\/src\/.*\.ts$/.test(file) && !file.endsWith('.test.ts');
}
