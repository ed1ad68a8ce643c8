import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { type ProcessTime, timeProcess } from './process-time.ts';

const dist = join(import.meta.dirname, '../../dist');

/**
 * An action as GitHub runs it: its bundle in a process of its own, from its first line to its last. `cache`: absolute; an empty one is a cold start.
 * `nodeOptions`: before the bundle.
 */
export async function timeAction(
  host: Host,
  action: string,
  inputs: Readonly<Record<string, string>>,
  cache: string,
  nodeOptions: readonly string[] = [],
): Promise<ProcessTime> {
  const bundle = join(dist, action, 'index.js');
  if (!existsSync(bundle)) throw new Error(`dist/${action} is missing: npm run build makes it`);
  await using folder = await host.files.temporary('kit');
  const [workspace, temporary] = [join(folder.path, 'workspace'), join(folder.path, 'temporary')];
  const files = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_STATE'];
  for (const path of [workspace, temporary]) await mkdir(path);
  for (const name of files) await writeFile(join(folder.path, name), '');
  const env = {
    PATH: process.env['PATH'],
    HOME: workspace,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temporary,
    RELEASE_KIT_CACHE: cache,
    ...Object.fromEntries(files.map((name) => [name, join(folder.path, name)])),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  // Awaited here: the folder is gone when this function ends.
  return await timeProcess([process.execPath, ...nodeOptions, bundle], env);
}
