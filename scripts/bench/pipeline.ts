/** How long it takes from a tag to the complete draft of a release, and how much of that is release-kit's own. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordingHost } from '@release-kit/action';
import { runProcess } from '../testing/process.ts';
import { type PipelineTime, pipelineSection } from './pipeline-section.ts';
import { sourceOf } from './subject.ts';

const root = join(import.meta.dirname, '../..');

/** Two source packages of Debian 12 that can be cross-compiled, released together. The small ones leave nothing to hide behind. */
export const pairs = {
  small: ['hello', 'tinyxml2'],
  /** A daemon and a library with a minute of compiling: what packages usually are. */
  ordinary: ['memcached', 'libsodium'],
} as const;

export type Pair = keyof typeof pairs;

const titles: Readonly<Record<Pair, string>> = {
  small: 'Small packages: hello and tinyxml2',
  ordinary: 'A daemon and a library: memcached and libsodium',
};

/**
 * Each pair is kept as it is measured, below `kept`, so that `only` one of them can be measured again; one that was never measured is left
 * out. `say` tells what is being measured.
 */
export async function measurePipeline(cache: string, kept: string, say: (line: string) => void, only?: string): Promise<string> {
  await mkdir(kept, { recursive: true });
  const sections = [];
  for (const pair of Object.keys(pairs) as Pair[]) {
    const file = join(kept, `${pair}.json`);
    if (only === undefined || only === pair) {
      say(`pipeline: ${pairs[pair].join(' and ')} for amd64 and arm64, until all is in the cache`);
      await writeFile(file, await measurePair(cache, pairs[pair]));
    }
    if (!existsSync(file)) {
      say(`pipeline: ${pair} was never measured, and is left out`);
      continue;
    }
    const time: PipelineTime = JSON.parse(await readFile(file, 'utf8'));
    sections.push({ title: titles[pair], time });
  }
  return pipelineSection(sections);
}

/** A `PipelineTime` as JSON. */
async function measurePair(cache: string, names: readonly string[]): Promise<string> {
  await using host = await recordingHost({ cache });
  for (const name of names) await sourceOf(host, { name });
  const program = ['--conditions=release-kit:source', 'test/support/pipeline-bench.ts', join(cache, 'bench-sources'), ...names];
  const env = { ...process.env, RELEASE_KIT_CACHE: cache };
  const { exitCode, output, stdout } = await runProcess([process.execPath, ...program], { cwd: root, env });
  if (exitCode !== 0) throw new Error(`the pipeline ended with exit code ${exitCode}:\n${output.slice(-4000)}`);
  return stdout.toString();
}
