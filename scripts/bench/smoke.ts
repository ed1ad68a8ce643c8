/** What trying packages costs, against piuparts, and several systems at a time against one after the other. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Host, recordingHost } from '@release-kit/action';
import { piupartsArgv, piupartsBase } from '@release-kit/action-install-smoke';
import { basePackages, createMachine, ownArchitecture, prepareBase } from '@release-kit/machine';
import { describeFile, writeManifest } from '@release-kit/manifest';
import { markdownTable } from '../building/table.ts';
import { packagesOf } from './archive-packages.ts';
import { timeAction } from './kit-action.ts';
import { medianTime, type ProcessTime } from './process-time.ts';
import { distribution } from './subject.ts';

/** One without a service; a timer; services with users and configuration files, the last of which looks once a second whether it is to stop. */
const names = ['hello', 'logrotate', 'tinyproxy', 'memcached'];
const systems = ['debian:12', 'debian:13', 'ubuntu:22.04', 'ubuntu:24.04'];
const rounds = 2;

/** Milliseconds between looks at the memory that is free. */
const lookEvery = 200;

export interface SmokeTimes {
  readonly packages: readonly { readonly name: string; readonly kit: ProcessTime; readonly piuparts: ProcessTime }[];
  readonly parallel: { readonly together: MeasuredRun; readonly apart: MeasuredRun };
  /** Load of the machine at the start and at the end. */
  readonly load: readonly [number, number];
}

interface MeasuredRun {
  readonly time: ProcessTime;
  /** Bytes by which the memory that is free went down at most. */
  readonly memory: number;
}

/** About ten minutes on two quiet processors. `say` tells what is being measured. */
export async function measureSmoke(cache: string, say: (line: string) => void): Promise<string> {
  await using host = await recordingHost({ cache });
  const [load = 0] = loadavg();
  const packages = [];
  for (const name of names) {
    const manifest = await manifestOf(host, name);
    const kit: ProcessTime[] = [];
    const peer: ProcessTime[] = [];
    await timeSmoke(host, manifest, cache, {}); // its base, its dependencies
    // In turn, so that load from elsewhere hits both alike.
    for (let round = 0; round < rounds; round += 1) {
      kit.push(told(`install-smoke on ${name}`, await timeSmoke(host, manifest, cache, {}), say));
      peer.push(told(`piuparts on ${name}`, await timePiuparts(host, name), say));
    }
    packages.push({ name, kit: medianTime(kit), piuparts: medianTime(peer) });
  }
  const manifest = await manifestOf(host, 'hello');
  const distributions = systems.join('\n');
  await timeSmoke(host, manifest, cache, { distributions });
  const apart = await watched(() => timeSmoke(host, manifest, cache, { distributions, jobs: '1' }));
  told('four systems, one after the other', apart.time, say);
  const together = await watched(() => timeSmoke(host, manifest, cache, { distributions }));
  told('four systems at a time', together.time, say);
  return smokeSection({ packages, parallel: { together, apart }, load: [load, loadavg()[0] ?? 0] });
}

function told(what: string, time: ProcessTime, say: (line: string) => void): ProcessTime {
  say(`${what}: ${time.wall.toFixed(1)} s wall, ${time.cpu.toFixed(1)} s processor`);
  return time;
}

/** The whole action on the life cycle alone: no more than piuparts does is asked for besides. */
function timeSmoke(host: Host, manifest: string, cache: string, inputs: Readonly<Record<string, string>>): Promise<ProcessTime> {
  return timeAction(host, 'install-smoke', { manifest, config: join(manifest, '..', 'release-kit.yml'), ...inputs }, cache);
}

async function manifestOf(host: Host, name: string): Promise<string> {
  const folder = await packagesOf(host, `smoke-${name}`, '', [name]);
  const file = (await readdir(folder)).find((each) => each.endsWith('.deb'));
  const [, version = '', architecture = ''] = /^[^_]+_([^_]+)_([^_]+)\.deb$/.exec(file ?? '') ?? [];
  if (file === undefined || version === '') throw new Error(`no package of ${name} was fetched`);
  const manifest = join(folder, 'manifest.json');
  const facts = {
    kind: 'deb',
    package: name,
    version: decodeURIComponent(version),
    architecture,
    distribution: distribution.name,
  } as const;
  const sources = [{ package: name, version: facts.version }];
  await writeManifest(manifest, { schema: 1, sourceDateEpoch: 0, sources, files: [await describeFile(folder, file, facts)] });
  await writeFile(join(folder, 'release-kit.yml'), 'smoke: { recommends: false }\n');
  return manifest;
}

/** piuparts alone, without the machine that it runs in: its clean system is packed already, and unpacked in memory. */
async function timePiuparts(host: Host, name: string): Promise<ProcessTime> {
  const base = await prepareBase(host, { distribution, architecture: ownArchitecture(), packages: basePackages.smoke });
  await using machine = await createMachine(host, await piupartsBase(host, base, 'nspawn'), 'nspawn');
  await machine.copyIn(await packagesOf(host, `smoke-${name}`, '', [name]), '/srv/tester');
  await using booted = await machine.boot({ network: true });
  await booted.run(['mount', '-t', 'tmpfs', '-o', 'size=2g', 'tmpfs', '/mnt']);
  const { stdout } = await booted.run(['find', '/srv/tester', '-name', '*.deb']);
  const script = 'TIMEFORMAT="times %3R %3U %3S"; time "$@"';
  const argv = piupartsArgv(distribution.codename, stdout.trim().split('\n'), ['--tmpdir=/mnt']);
  const result = await booted.run(['bash', '-c', script, 'time', ...argv], { timeout: 600_000 });
  const match = /times (\d+\.\d+) (\d+\.\d+) (\d+\.\d+)\s*$/.exec(result.stderr);
  if (match === null) throw new Error(`piuparts was not timed: ${result.stderr.slice(-1000)}`);
  return { wall: Number(match[1]), cpu: Number(match[2]) + Number(match[3]) };
}

async function watched(run: () => Promise<ProcessTime>): Promise<MeasuredRun> {
  const before = await freeMemory();
  let least = before;
  const timer = setInterval(async () => {
    least = Math.min(least, await freeMemory());
  }, lookEvery);
  try {
    const started = performance.now();
    const { cpu } = await run();
    return { time: { wall: (performance.now() - started) / 1000, cpu }, memory: before - least };
  } finally {
    clearInterval(timer);
  }
}

async function freeMemory(): Promise<number> {
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('/proc/meminfo does not tell what memory is free');
  return Number(kilobytes) * 1024;
}

/** The section of the page. */
export function smokeSection({ packages, parallel: { together, apart }, load }: SmokeTimes): string {
  const seconds = (value: number): string => `${value.toFixed(1)} s`;
  const ratio = (a: number, b: number): string => (a / b).toFixed(2);
  const table = markdownTable([
    ['Package', 'install-smoke', 'piuparts', 'Wall, ratio', 'Processor time, ratio'],
    ...packages.map(({ name, kit, piuparts }) => [
      name,
      seconds(kit.wall),
      seconds(piuparts.wall),
      ratio(kit.wall, piuparts.wall),
      ratio(kit.cpu, piuparts.cpu),
    ]),
  ]);
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;
  const runs = markdownTable([
    [`${systems.length} systems, hello`, 'Wall', 'Processor time', 'Memory'],
    ['one after the other', seconds(apart.time.wall), seconds(apart.time.cpu), mebibytes(apart.memory)],
    [
      `as many at a time as there is room for (${availableParallelism()} processors)`,
      seconds(together.time.wall),
      seconds(together.time.cpu),
      mebibytes(together.memory),
    ],
    ['ratio', ratio(together.time.wall, apart.time.wall), ratio(together.time.cpu, apart.time.cpu), ratio(together.memory, apart.memory)],
  ]);
  return `## Trying packages

Packages of Debian 12, from a warm cache. install-smoke is the whole action from its first line to its last: it boots systemd, waits for services, restarts them, installs
twice more, removes, purges, and compares the whole system. The goal is below half of piuparts, which installs and purges in a chroot without services; its clean system is a
packed one, unpacked in memory, and the machine that it runs in is not counted. One package has both processors: what needs no systemd is tried in a second machine.
memcached looks once a second whether it is to stop, and is stopped four times. Medians of ${rounds} rounds taken in turn. The load of the machine was ${load[0].toFixed(1)} at
the start and ${load[1].toFixed(1)} at the end.

${table}

${runs}

Memory: by how much the free memory of the host went down at most, caches of files not counted.`;
}
