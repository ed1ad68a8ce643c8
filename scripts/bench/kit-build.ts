import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { timeAction } from './kit-action.ts';
import type { ProcessTime } from './process-time.ts';

export interface KitBuild {
  readonly dsc: string;
  readonly architecture: string;
  readonly strategy: 'native' | 'cross' | 'emulate';
  /** Absolute; an empty one is a cold start. */
  readonly cache: string;
}

export interface KitTime extends ProcessTime {
  /** The part that installed build dependencies; nothing when they came from the cache. */
  readonly dependencies: ProcessTime;
}

/** The action as GitHub runs it: its bundle in a process of its own, from its first line to its last. */
export async function timeKitBuild(host: Host, { dsc, architecture, strategy, cache }: KitBuild): Promise<KitTime> {
  await using folder = await host.files.temporary('kit');
  const output = join(folder.path, 'out');
  const inputs = { source: dsc, output, architecture, strategy, tests: 'skip', profiles: 'nocheck', options: 'nocheck' };
  const time = await timeAction(host, 'build-deb', inputs, cache);
  return { ...time, dependencies: await dependenciesOf(join(output, 'logs', 'build.json')) };
}

/** From the report that build-deb writes beside its log. */
async function dependenciesOf(report: string): Promise<ProcessTime> {
  const { phases }: { phases: readonly { phase: string; seconds: number; cpuSeconds?: number }[] } = JSON.parse(
    await readFile(report, 'utf8'),
  );
  const found = phases.find(({ phase }) => phase === 'dependencies');
  return { wall: found?.seconds ?? 0, cpu: found?.cpuSeconds ?? 0 };
}
