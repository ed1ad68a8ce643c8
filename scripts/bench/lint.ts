/** What lintian costs, and what is added to it: one process for many packages, and reading and placing what it says. */
import { readdir } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { recordingHost } from '@release-kit/action';
import { lintianArgv, openSourceTree, placeAll, rankFindings } from '@release-kit/action-lintian-check';
import { parseLintianJson } from '@release-kit/debian';
import { basePackages, createMachine, type Machine, ownArchitecture, prepareBase } from '@release-kit/machine';
import { markdownTable } from '../building/table.ts';
import { packagesOf } from './archive-packages.ts';
import { medianTime, type ProcessTime } from './process-time.ts';
import { distribution } from './subject.ts';

/** Ten binary packages of Debian 12, small and middling. */
const ten = ['bc', 'dash', 'ed', 'figlet', 'hello', 'jq', 'libyaml-0-2', 'lz4', 'mawk', 'memcached'];

/** A source package with many files and findings, and some of what is built from it. */
const large = { source: 'git', packages: ['git', 'git-doc', 'git-man'] };

const rounds = 3;
const place = '/srv/lint';

export interface LintTimes {
  /** lintian on each of the ten, one run after the other. */
  readonly single: ProcessTime;
  /** lintian on all ten at once. */
  readonly together: ProcessTime;
  /** lintian on the large source package and its packages. */
  readonly large: ProcessTime;
  /** What is done with that report: reading, ranking, opening the source tree, placing. */
  readonly own: ProcessTime;
  readonly findings: number;
  /** Load of the machine at the start and at the end. */
  readonly load: readonly [number, number];
}

/** About ten minutes on two quiet processors. `say` tells what is being measured. */
export async function measureLint(cache: string, say: (line: string) => void): Promise<string> {
  await using host = await recordingHost({ cache });
  const [load = 0] = loadavg();
  const request = { distribution, architecture: ownArchitecture(), packages: basePackages.lint };
  const small = await packagesOf(host, 'ten', '', ten);
  const big = await packagesOf(host, large.source, large.source, large.packages);
  await using machine = await createMachine(host, await prepareBase(host, request), 'nspawn');
  await machine.copyIn(small, `${place}/ten`, 'nobody');
  await machine.copyIn(big, `${place}/large`, 'nobody');
  const names = (await readdir(small)).sort().map((name) => `ten/${name}`);
  const measured = async (what: string, subjects: readonly (readonly string[])[]): Promise<LintianRun> => {
    const run = await timeLintian(machine, subjects);
    say(`${what}: ${run.time.wall.toFixed(1)} s wall, ${run.time.cpu.toFixed(1)} s processor`);
    return run;
  };
  await measured('warming up', [names.slice(0, 1)]);
  const single: ProcessTime[] = [];
  const together: ProcessTime[] = [];
  // In turn, so that load from elsewhere hits both alike.
  for (let round = 0; round < rounds; round += 1) {
    single.push(
      (
        await measured(
          'ten runs',
          names.map((name) => [name]),
        )
      ).time,
    );
    together.push((await measured('one run with ten', [names])).time);
  }
  const subjects = (await readdir(big)).filter((name) => /\.(?:deb|dsc)$/.test(name)).sort();
  const run = await measured(large.source, [subjects.map((name) => `large/${name}`)]);
  const own: ProcessTime[] = [];
  let findings = 0;
  await using folder = await host.files.temporary('tree');
  const tree = join(folder.path, 'tree');
  await host.exec(['dpkg-source', '--no-check', '--extract', join(big, subjects.find((name) => name.endsWith('.dsc')) ?? ''), tree]);
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    const started = performance.now();
    const ranked = rankFindings([{ distribution: distribution.name, report: parseLintianJson(run.stdout) }]);
    findings = (await placeAll(ranked, await openSourceTree(tree, tree), host)).length;
    const { user, system } = process.cpuUsage(before);
    own.push({ wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 });
  }
  // The first round is what a run of the action is: nothing is warm.
  const [first = medianTime(own)] = own;
  say(`reading and placing ${findings} findings: ${first.wall.toFixed(2)} s wall, ${first.cpu.toFixed(2)} s processor`);
  return lintSection({
    single: medianTime(single),
    together: medianTime(together),
    large: run.time,
    own: first,
    findings,
    load: [load, loadavg()[0] ?? 0],
  });
}

interface LintianRun {
  readonly time: ProcessTime;
  readonly stdout: string;
}

/** Each list of files is one run of lintian. bash's `time` counts what the kernel charged to it and its children. */
async function timeLintian(machine: Machine, subjects: readonly (readonly string[])[]): Promise<LintianRun> {
  const time = { wall: 0, cpu: 0 };
  let stdout = '';
  for (const some of subjects) {
    const argv = lintianArgv('json', distribution.name, some);
    const script = 'TIMEFORMAT="times %3R %3U %3S"; time "$@"';
    const result = await machine.run(['bash', '-c', script, 'time', ...argv], {
      user: 'nobody',
      env: { HOME: '/tmp', TMPDIR: '/tmp' },
      cwd: '/tmp',
      timeout: 20 * 60_000,
    });
    const match = /times (\d+\.\d+) (\d+\.\d+) (\d+\.\d+)\s*$/.exec(result.stderr);
    if (match === null) throw new Error(`lintian was not timed: ${result.stderr.slice(-1000)}`);
    time.wall += Number(match[1]);
    time.cpu += Number(match[2]) + Number(match[3]);
    stdout = result.stdout;
  }
  return { time, stdout };
}

/** The section of the page. */
export function lintSection({ single, together, large: one, own, findings, load }: LintTimes): string {
  const seconds = (value: number): string => `${value.toFixed(value < 1 ? 2 : 1)} s`;
  const times = ({ wall, cpu }: ProcessTime): readonly string[] => [seconds(wall), seconds(cpu)];
  const table = markdownTable([
    ['Work', 'Wall', 'Processor time'],
    ['lintian on ten packages, one run each', ...times(single)],
    ['lintian on the same ten in one run', ...times(together)],
    [`lintian on ${large.source}: source and ${large.packages.length} packages`, ...times(one)],
    [`reading and placing its ${findings} findings`, ...times(own)],
  ]);
  const ratio = (a: number, b: number): string => (a / b).toFixed(2);
  const percent = (a: number, b: number): string => `${((100 * a) / b).toFixed(1)} %`;
  const ratios = markdownTable([
    ['Comparison', 'Goal', 'Wall', 'Processor time'],
    ['one run with ten over ten runs', 'below 0.45', ratio(together.wall, single.wall), ratio(together.cpu, single.cpu)],
    ['reading and placing over lintian', 'below 5 %', percent(own.wall, one.wall), percent(own.cpu, one.cpu)],
  ]);
  return `## Checking with lintian

Binary packages of Debian 12 (${ten.join(', ')}) and the source package ${large.source} with ${large.packages.join(', ')}, by the lintian of
Debian 12 in a clean machine; the time is lintian's own, without the machine's. The ten are medians of ${rounds} rounds taken in turn. Reading and placing is the first round in
a process that has done nothing else: the report is read, the findings are ranked, the source tree is opened and each finding gets its place in it. The load of the machine was
${load[0].toFixed(1)} at the start and ${load[1].toFixed(1)} at the end.

${table}

${ratios}`;
}
