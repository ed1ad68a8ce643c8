import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, recordingHost } from '@release-kit/action';
import { basePackages, prepareBase } from '@release-kit/machine';
import { markdownTable } from '../building/table.ts';
import { timeKitBuild } from './kit-build.ts';
import { timePlainBuild, usualPreparation } from './plain-build.ts';
import { medianTime, type ProcessTime } from './process-time.ts';
import { distribution, emptyBase, preparedRoot, type Subject, sourceOf, subjects } from './subject.ts';

const foreign = 'arm64';
const own = 'amd64';
/** Short builds vary; emulated ones take minutes and are off by an order of magnitude. */
const rounds = 3;

export interface BuildTimes {
  readonly subject: Subject;
  /** dpkg-buildpackage by hand, in a prepared root. */
  readonly plain: ProcessTime;
  readonly native: ProcessTime;
  /** Absent where the source cannot be cross-compiled. */
  readonly cross?: ProcessTime;
  readonly emulated: ProcessTime;
  /** Everything emulated, from a root with nothing in it. */
  readonly usual: ProcessTime;
}

/** First builds, with an empty cache: base system, toolchain and build dependencies are fetched and kept. */
export interface ColdTimes {
  readonly native: ProcessTime;
  readonly cross: ProcessTime;
}

/**
 * About 50 minutes on two quiet processors. `say` tells what is being measured. Each source package is kept as it is measured, below
 * `kept`, so that `only` one of them can be measured again: its figures are compared with one another alone.
 */
export async function measureBuilds(cache: string, kept: string, say: (line: string) => void, only?: string): Promise<string> {
  await using host = await recordingHost({ cache });
  await mkdir(kept, { recursive: true });
  const rows: BuildTimes[] = [];
  for (const subject of subjects) {
    const file = join(kept, `${subject.name}.json`);
    if (only === undefined || only === subject.name) await writeFile(file, JSON.stringify(await measureSubject(host, subject, say)));
    rows.push({ ...JSON.parse(await readFile(file, 'utf8')), subject });
  }
  const file = join(kept, 'cold.json');
  const [first] = subjects;
  if (first !== undefined && (only === undefined || only === 'cold'))
    await writeFile(file, JSON.stringify(await measureCold(host, first, say)));
  return sectionOf(rows, JSON.parse(await readFile(file, 'utf8')));
}

async function measureSubject(host: Host, subject: Subject, say: (line: string) => void): Promise<BuildTimes> {
  const dsc = await sourceOf(host, subject);
  const { cache } = host.files;
  const measured = async (what: string, work: () => Promise<ProcessTime>): Promise<ProcessTime> => {
    const time = await work();
    say(`${subject.name}, ${what}: ${secondsText(time.wall)} wall, ${secondsText(time.cpu)} processor`);
    return time;
  };
  const root = await preparedRoot(host, dsc);
  const kit = (strategy: 'native' | 'cross' | 'emulate', architecture: string) => () =>
    timeKitBuild(host, { dsc, architecture, strategy, cache });
  await measured('native, first', kit('native', own)); // the layers are made
  if (subject.crosses) await measured('cross, first', kit('cross', foreign));
  const times: Record<'plain' | 'native' | 'cross', ProcessTime[]> = { plain: [], native: [], cross: [] };
  // In turn, so that load from elsewhere hits all alike.
  for (let round = 0; round < rounds; round += 1) {
    times.plain.push(await measured('by hand', () => timePlainBuild(host, root, dsc)));
    times.native.push(await measured('native', kit('native', own)));
    if (subject.crosses) times.cross.push(await measured('cross', kit('cross', foreign)));
  }
  const usual = await measured('the usual way', async () => timePlainBuild(host, await emptyBase(host, foreign), dsc, usualPreparation));
  // An emulated build takes minutes; one that has to install its dependencies first is taken without that part.
  await prepareBase(host, { distribution, architecture: foreign, packages: basePackages.build });
  const emulated = await measured('emulated', async () => {
    const { wall, cpu, dependencies } = await timeKitBuild(host, { dsc, architecture: foreign, strategy: 'emulate', cache });
    return { wall: wall - dependencies.wall, cpu: cpu - dependencies.cpu };
  });
  const cross = subject.crosses ? { cross: medianTime(times.cross) } : {};
  return { subject, plain: medianTime(times.plain), native: medianTime(times.native), ...cross, emulated, usual };
}

async function measureCold(host: Host, subject: Subject, say: (line: string) => void): Promise<ColdTimes> {
  const dsc = await sourceOf(host, subject);
  const cold = async (strategy: 'native' | 'cross', architecture: string): Promise<ProcessTime> => {
    await using empty = await host.files.temporary('cold');
    const time = await timeKitBuild(host, { dsc, architecture, strategy, cache: empty.path });
    say(`${subject.name}, ${strategy} with an empty cache: ${secondsText(time.wall)}`);
    return time;
  };
  return { native: await cold('native', own), cross: await cold('cross', foreign) };
}

/** The section of the page. */
export function sectionOf(rows: readonly BuildTimes[], cold: ColdTimes | undefined): string {
  const both = ({ wall, cpu }: ProcessTime): string => `${secondsText(wall)} / ${secondsText(cpu)}`;
  const names = rows.map(({ subject }) => `${subject.name} (${subject.language})`);
  const times = markdownTable([
    ['Wall / processor time', ...names],
    ['`dpkg-buildpackage` by hand, in a prepared root', ...rows.map(({ plain }) => both(plain))],
    ['release-kit, native', ...rows.map(({ native }) => both(native))],
    [`release-kit, cross to ${foreign}`, ...rows.map(({ cross }) => (cross === undefined ? 'cannot' : both(cross)))],
    [`release-kit, ${foreign} emulated`, ...rows.map(({ emulated }) => both(emulated))],
    [`the usual way: all of it emulated, from an empty ${foreign} root`, ...rows.map(({ usual }) => both(usual))],
  ]);
  const ratio = (a: number | undefined, b: number | undefined): string => (a === undefined || b === undefined ? '' : (a / b).toFixed(2));
  const ratios = markdownTable([
    ['Comparison', 'Goal', ...names],
    ['native over by hand, wall', 'below 5 % + 2 s', ...rows.map(({ native, plain }) => overheadText(native.wall, plain.wall))],
    ['cross over native, processor time', 'below 1.10', ...rows.map(({ cross, native }) => ratio(cross?.cpu, native.cpu))],
    ['cross over native, wall', 'below 1.10', ...rows.map(({ cross, native }) => ratio(cross?.wall, native.wall))],
    ['emulated over cross, wall', '', ...rows.map(({ emulated, cross }) => ratio(emulated.wall, cross?.wall))],
    ['the usual way over emulated, wall', '', ...rows.map(({ usual, emulated }) => ratio(usual.wall, emulated.wall))],
    ['the usual way over cross, wall', '', ...rows.map(({ usual, cross }) => ratio(usual.wall, cross?.wall))],
  ]);
  const first = rows[0]?.subject.name ?? '';
  const coldText =
    cold === undefined
      ? ''
      : `\n\nWith an empty cache, when base system, toolchain and build dependencies have to be fetched and are kept: ${first} native ${secondsText(cold.native.wall)}, cross ${secondsText(cold.cross.wall)}. All figures above are with a warm cache.`;
  return `## Building

Source packages of Debian 12, without their tests (a foreign architecture cannot run them all alike). release-kit is the action's
bundle in a process of its own, from its first line to its last: it makes two clean machines, copies, builds with the network off,
looks into what was built, and writes the manifest. Native, cross and by hand are medians of ${rounds} runs taken in turn; emulated
builds ran once, and the time in which their build dependencies were installed into the cache is not counted. Processor time is user and system time of all processes, inside machines as well.
No source package of Debian 12 that is built by dh-golang can be cross-compiled as it stands: \`golang-any\` would be the foreign compiler
([strategies](strategies.md)).

${times}

${ratios}${coldText}`;
}

/** What release-kit adds, and what it may add. */
function overheadText(kit: number, plain: number): string {
  const extra = kit - plain;
  const goal = plain * 0.05 + 2;
  return `${extra < 0 ? '' : '+'}${extra.toFixed(1)} s of ${goal.toFixed(1)} s`;
}

const secondsText = (seconds: number): string => `${seconds.toFixed(1)} s`;
