import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { type ProcessTime, timeProcess } from './process-time.ts';

const bundle = join(import.meta.dirname, '../../dist/build-deb/index.js');

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
  if (!existsSync(bundle)) throw new Error('dist/build-deb is missing: npm run build makes it');
  await using folder = await host.files.temporary('kit');
  const [workspace, temporary] = [join(folder.path, 'workspace'), join(folder.path, 'temporary')];
  const files = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_STATE'];
  for (const path of [workspace, temporary]) await mkdir(path);
  for (const name of files) await writeFile(join(folder.path, name), '');
  const inputs = {
    source: dsc,
    output: join(workspace, 'out'),
    architecture,
    strategy,
    tests: 'skip',
    profiles: 'nocheck',
    options: 'nocheck',
  };
  const env = {
    PATH: process.env['PATH'],
    HOME: workspace,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temporary,
    RELEASE_KIT_CACHE: cache,
    ...Object.fromEntries(files.map((name) => [name, join(folder.path, name)])),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  const time = await timeProcess([process.execPath, bundle], env);
  return { ...time, dependencies: await dependenciesOf(join(workspace, 'out', 'logs', 'build.json')) };
}

/** From the report that build-deb writes beside its log. */
async function dependenciesOf(report: string): Promise<ProcessTime> {
  const { phases }: { phases: readonly { phase: string; seconds: number; cpuSeconds?: number }[] } = JSON.parse(
    await readFile(report, 'utf8'),
  );
  const found = phases.find(({ phase }) => phase === 'dependencies');
  return { wall: found?.seconds ?? 0, cpu: found?.cpuSeconds ?? 0 };
}
