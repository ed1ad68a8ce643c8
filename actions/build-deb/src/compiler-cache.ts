import { jsonIn } from '@release-kit/action';
import type { Architecture } from '@release-kit/cross';
import { buildFolder } from './build-user.ts';

export type CompilerCacheName = 'ccache' | 'sccache';

/** What one build found in its compiler cache. */
export interface CompilerCacheUse {
  readonly name: CompilerCacheName;
  readonly hits: number;
  readonly misses: number;
}

/** Where it lies in the machine; hidden, so that nobody takes it for a product. */
export const cacheFolder = `${buildFolder}/.compiler-cache`;
/** What was counted, for the end of the build. */
export const countFile = `${buildFolder}/.compiler-cache-count`;
const masks = '/usr/lib/release-kit-sccache';
/** Of the cache; ccache's and sccache's own limits are larger than what a runner keeps. */
const largest = '500M';
const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a build needs to find its compilers behind the cache: ccache by its folder of links, sccache by scripts of ours. */
export function cacheEnvironment(name: CompilerCacheName): Readonly<Record<string, string>> {
  switch (name) {
    case 'ccache':
      return { PATH: `/usr/lib/ccache:${usualPath}`, CCACHE_DIR: cacheFolder, CCACHE_MAXSIZE: largest };
    case 'sccache':
      return {
        PATH: `${masks}:${usualPath}`,
        SCCACHE_DIR: cacheFolder,
        SCCACHE_CACHE_SIZE: largest,
        // Otherwise it would end during a long link.
        SCCACHE_IDLE_TIMEOUT: '0',
        RUSTC_WRAPPER: 'sccache',
      };
  }
}

/** Counts around the build: nothing of sccache's numbers outlives its server, and the server ends with the command. */
export function cachePrefix(name: CompilerCacheName): readonly string[] {
  const count = name === 'ccache' ? 'ccache --print-stats' : 'sccache --show-stats --stats-format=json';
  const before = name === 'ccache' ? 'ccache --zero-stats > /dev/null; ' : '';
  const after = name === 'ccache' ? '' : 'sccache --stop-server > /dev/null 2>&1; ';
  return ['sh', '-c', `${before}"$@"; code=$?; ${count} > ${countFile} 2> /dev/null; ${after}exit "$code"`, 'compiler-cache'];
}

/** Runs as root in a machine in which the program is installed. ccache makes its links itself, for cross compilers as well. */
export function maskScript(name: CompilerCacheName, architecture: Architecture | undefined): string {
  if (name === 'ccache') return 'true';
  const prefixes = ['', ...(architecture === undefined ? [] : [`${architecture.gnu}-`])];
  const programs = prefixes.flatMap((prefix) => ['gcc', 'g++', 'cc', 'c++', 'clang', 'clang++'].map((program) => `${prefix}${program}`));
  return `set -e
mkdir -p ${masks}
for program in ${programs.join(' ')}; do
  printf '#!/bin/sh\\nexec sccache /usr/bin/%s "$@"\\n' "$program" > ${masks}/"$program"
  chmod 0755 ${masks}/"$program"
done`;
}

/** Reads the numbers that the build left: `ccache --print-stats` (3.7 or newer), or sccache's JSON. undefined when they say nothing. */
export function readCounts(name: CompilerCacheName, text: string): CompilerCacheUse | undefined {
  if (name === 'sccache') return readSccache(text);
  const numbers = new Map([...text.matchAll(/^([a-z_]+)\t(\d{1,15})$/gm)].map((match) => [match[1] ?? '', Number(match[2])]));
  if (numbers.size === 0) return undefined;
  const sum = (...keys: readonly string[]) => keys.reduce((total, key) => total + (numbers.get(key) ?? 0), 0);
  return { name, hits: sum('direct_cache_hit', 'preprocessed_cache_hit'), misses: sum('cache_miss') };
}

function readSccache(text: string): CompilerCacheUse | undefined {
  // No JSON where its server was never started: nothing was compiled.
  const value = jsonIn(text);
  const stats = field(value, 'stats');
  if (stats === undefined) return undefined;
  return {
    name: 'sccache',
    hits: total(field(field(stats, 'cache_hits'), 'counts')),
    misses: total(field(field(stats, 'cache_misses'), 'counts')),
  };
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** By language. */
function total(counts: unknown): number {
  if (typeof counts !== 'object' || counts === null) return 0;
  return Object.values(counts).reduce((sum: number, count: unknown) => sum + (typeof count === 'number' && count >= 0 ? count : 0), 0);
}

/** For the log and the summary. */
export function cacheSentence({ name, hits, misses }: CompilerCacheUse): string {
  const all = hits + misses;
  if (all === 0) return `${name}: the build asked for nothing`;
  return `${name}: ${hits} of ${all} compilations from the cache (${Math.round((100 * hits) / all)} %)`;
}
