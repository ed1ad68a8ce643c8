import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Host } from '@release-kit/action';
import { type BaseSystem, type BootedMachine, createMachine, proxiesOf } from '@release-kit/machine';
import { type Steps, startSteps } from '../steps.ts';
import type { TrackResult } from '../target.ts';
import { type Ground, resultOf } from '../tracks/track.ts';

/** Where a tester finds things inside its machine. */
export const testerFolder = { packages: '/srv/tester/packages', source: '/srv/tester/source', results: '/var/lib/tester' } as const;

/** A program of the distribution that tries packages in its own way. */
export interface Tester {
  readonly name: string;
  /** The base system with the program. */
  prepare(ground: Ground): Promise<BaseSystem>;
  /** Brings what it needs besides the packages; `folder` is copied to the root of the machine. */
  bring?(ground: Ground, folder: string): Promise<void>;
  /** Its steps. `machine`: a fresh booted machine with the packages in it and the network on. */
  steps(ground: Ground, steps: Steps, machine: FreshMachine): Promise<void>;
}

/** Starts one more machine, which lives as long as `body` runs. */
export type FreshMachine = <T>(body: (machine: BootedMachine) => Promise<T>) => Promise<T>;

/** A track of a tester, in machines of its own. Failed tests are in the result. */
export async function runTester(ground: Ground, tester: Tester): Promise<TrackResult> {
  const { host, engine, limits, timeout } = ground;
  const steps = startSteps(host);
  const prepared = await steps.run(`prepare ${tester.name}`, async () => {
    const base = await tester.prepare(ground);
    return { base, note: base.origin === 'cache' ? 'from the cache' : 'installed in a layer that is kept' };
  });
  if (prepared !== undefined) {
    await using folder = await filledFolder(ground, tester);
    const fresh: FreshMachine = async (body) => {
      await using machine = await createMachine(host, prepared.base, engine, { limits });
      await machine.copyIn(folder.path, '/srv/tester');
      await using booted = await machine.boot({ network: true, timeout });
      return await body(booted);
    };
    await tester.steps(ground, steps, fresh);
  }
  return resultOf(tester.name, steps);
}

async function filledFolder(ground: Ground, tester: Tester): ReturnType<Host['files']['temporary']> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await ground.host.files.temporary('tester'));
  await mkdir(join(folder.path, 'packages'), { mode: 0o755 });
  for (const { file } of ground.packages.packages) await copyFile(file, join(folder.path, 'packages', basename(file)));
  await tester.bring?.(ground, folder.path);
  const kept = stack.move();
  return { path: folder.path, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** What programs in a tester's machine find in their environment. */
export const testerEnvironment = (host: Host): Readonly<Record<string, string>> => ({
  LC_ALL: 'C.UTF-8',
  DEBIAN_FRONTEND: 'noninteractive',
  ...proxiesOf(host),
});
