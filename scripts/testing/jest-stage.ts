import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pool } from '@release-kit/action/pool';
import { type Coverage, mergeCoverage, writeCoverage } from './coverage.ts';
import { type Batch, planLanes, readTestFiles } from './lanes.ts';
import { runProcess } from './process.ts';
import type { StageContext } from './stages.ts';
import { single, sum, type Tally, tallyOfJest } from './tally.ts';
import { v8Coverage } from './v8-coverage.ts';

/** `shards`: short files, in shares. `lanes`: files of minutes, some of which run alone. Of both the next one starts when one has ended. */
export type Manner = 'shards' | 'lanes';

/**
 * Runs one project of jest. Coverage is what V8 counts while each process lives, written once at its end: jest's own starts and stops the
 * counting for every test file, which doubles the time of fast tests.
 */
export async function runJest(name: string, manner: Manner, context: StageContext): Promise<Tally> {
  const coverage = join(context.reports, 'coverage', name);
  const raw = join(coverage, 'v8');
  await rm(coverage, { recursive: true, force: true });
  await mkdir(raw, { recursive: true });
  let runs = 0;
  const run = (files: readonly string[]): Promise<Tally> => {
    runs += 1;
    return runOnce({ name, number: runs, files, raw, told: manner === 'lanes' }, context);
  };
  const tallies = manner === 'lanes' ? await runLanes(name, run, context) : await runShards(run);
  await writeCoverage(coverage, await collect(raw, context.root));
  await rm(raw, { recursive: true });
  const { passed, failed, skipped } = sum(tallies);
  // One share may be empty, a whole project is not.
  return passed + failed + skipped === 0 ? single(false) : { passed, failed, skipped };
}

/** Jest keeps several MB of each file that it ran: with a GiB of memory, starting a program takes a process twice the time. */
const sharesPerProcessor = 5;

function runShards(run: (files: readonly string[]) => Promise<Tally>): Promise<readonly Tally[]> {
  const shards = availableParallelism() * sharesPerProcessor;
  const shares = Array.from({ length: shards }, (_, index) => [`--shard=${index + 1}/${shards}`]);
  return pool(shares, run, availableParallelism() + lanesBeyond);
}

/**
 * Lanes beyond the processors: a test that waits for a machine to boot, a service to settle or an archive to answer uses a third of one; and
 * a third of the time of unit tests is waiting for git, gpg and other programs.
 */
const lanesBeyond = 1;

async function runLanes(name: string, run: (files: Batch) => Promise<Tally>, { root }: StageContext): Promise<readonly Tally[]> {
  const { exitCode, output } = await runProcess([...jest, '--selectProjects', name, '--listTests', '--json'], { cwd: root });
  const paths: unknown = exitCode === 0 ? JSON.parse(/^\[.*\]$/m.exec(output)?.[0] ?? 'null') : undefined;
  if (!Array.isArray(paths) || paths.length === 0) throw new Error(`jest names no files of ${name}:\n${output}`);
  const { beside, alone } = planLanes(await readTestFiles(paths.map(String)));
  const byPath = (files: Batch): Promise<Tally> => run(['--runTestsByPath', ...files]);
  const tallies = await pool(beside, byPath, availableParallelism() + lanesBeyond);
  return alone.length === 0 ? tallies : [...tallies, await byPath(alone)];
}

interface JestRun {
  readonly name: string;
  readonly number: number;
  /** Which files, in jest's words. */
  readonly files: readonly string[];
  /** Absolute; where V8's counts go. */
  readonly raw: string;
  /** Whether each file is told as it ends: a person sees how far minutes of work are. */
  readonly told: boolean;
}

// Node hands the variable to every child, whatever its environment; a child of a test is to be started as users start it.
const forgetFolder = '--import=data:text/javascript,delete process.env.NODE_V8_COVERAGE';
const jest = [
  'node',
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  forgetFolder,
  'node_modules/jest/bin/jest.js',
] as const;

async function runOnce({ name, number, files, raw, told }: JestRun, { root, reports, ci }: StageContext): Promise<Tally> {
  const report = join(reports, `${name}-${number}.json`);
  await rm(report, { force: true });
  const output = ['--silent', '--passWithNoTests', '--json', `--outputFile=${report}`];
  // With --json jest repeats the report on standard output, so only a failing run is worth showing, from standard error.
  const env = { ...process.env, NODE_V8_COVERAGE: raw };
  const onLine = (line: string): void => {
    if (told && /^(?:PASS|FAIL) /.test(line)) console.log(line);
  };
  const argv = [...jest, '--selectProjects', name, '--runInBand', ...output, ...files] as const;
  const { exitCode, output: text } = await runProcess(argv, { cwd: root, env, onLine });
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
