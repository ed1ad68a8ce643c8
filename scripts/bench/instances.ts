/** What a clean machine costs from a warm cache, beside the least that one could do: an overlay in a mount namespace of its own. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { recordingHost } from '@release-kit/action';
import { basePackages, createMachine, ownArchitecture, parseDistribution, prepareBase } from '@release-kit/machine';

export interface InstanceRow {
  readonly what: string;
  /** Median of all rounds. */
  readonly milliseconds: number;
  /** Against the floor: the median of the rounds' own ratios, for what was measured side by side suffers the same load. */
  readonly ratio: number;
}

/** $1: folder of the instance, $2: root. The least that gives a program a root of its own which it can write to. */
const floorScript =
  'cd "$1" && mount --bind "$2" lower && mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay root && exec chroot root /bin/true';

/** Needs root, systemd-nspawn, and a base system in the cache (made when it is missing). Rows in the order of the table. */
export async function measureInstances(cache: string, rounds = 15): Promise<readonly InstanceRow[]> {
  await using host = await recordingHost({ cache });
  const request = { distribution: parseDistribution('debian:12'), architecture: ownArchitecture(), packages: basePackages.build };
  const base = await prepareBase(host, request);
  const unshare = (argv: readonly string[]) => host.exec(['unshare', '--mount', '--propagation', 'private', '--', ...argv], { cwd: '/' });
  const floor = async (): Promise<void> => {
    await using folder = await host.files.temporary('floor');
    for (const part of ['lower', 'upper', 'work', 'root']) await mkdir(join(folder.path, part));
    await unshare(['/bin/sh', '-c', floorScript, 'floor', folder.path, base.root]);
  };
  const nspawn = async (): Promise<void> => {
    await using folder = await host.files.temporary('floor');
    for (const part of ['lower', 'upper', 'work', 'root']) await mkdir(join(folder.path, part));
    const options =
      '--quiet --register=no --keep-unit --console=pipe --as-pid2 --private-network --resolv-conf=off --timezone=off --link-journal=no';
    const start = `systemd-nspawn ${options} --directory=root /bin/true`;
    await unshare(['/bin/sh', '-c', floorScript.replace('exec chroot root /bin/true', `exec ${start}`), 'nspawn', folder.path, base.root]);
  };
  const create = async (): Promise<void> => {
    await using _ = await createMachine(host, base, 'nspawn');
  };
  const createAndRun = async (): Promise<void> => {
    await using machine = await createMachine(host, base, 'nspawn');
    await machine.run(['/bin/true']);
  };
  const prepare = async (): Promise<void> => {
    await prepareBase(host, request);
  };
  const measured = [
    { what: 'floor: unshare, overlay, chroot, `/bin/true`', run: floor },
    { what: 'making an instance and removing it', run: create },
    { what: 'the same with one command in it', run: createAndRun },
    { what: 'plain systemd-nspawn over such an overlay', run: nspawn },
    { what: 'looking for the base system and checking that it is whole', run: prepare },
  ];
  for (const { run } of measured) await run(); // warm
  const times: number[][] = measured.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, { run }] of measured.entries()) {
      const start = performance.now();
      await run();
      times[index]?.push(performance.now() - start);
    }
  const floors = times[0] ?? [];
  return measured.map(({ what }, index) => {
    const own = times[index] ?? [];
    return { what, milliseconds: median(own), ratio: median(own.map((time, round) => time / (floors[round] ?? Number.NaN))) };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
