import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { architectureOf } from '@release-kit/cross';
import { cacheEnvironment, cachePrefix, cacheSentence, maskScript, readCounts } from './compiler-cache.ts';
import { reasonAgainst, restoreKept } from './compiler-cache-store.ts';

describe('the numbers of a compiler cache', () => {
  test('of ccache 4.7', () => {
    const text =
      'cache_miss\t1\ncalled_for_link\t1\ndirect_cache_hit\t4\ndirect_cache_miss\t3\npreprocessed_cache_hit\t2\nstats_updated_timestamp\t1795263795\n';
    expect(readCounts('ccache', text)).toEqual({ name: 'ccache', hits: 6, misses: 1 });
    expect(readCounts('ccache', 'stats_zeroed_timestamp\t1795263795\n')).toEqual({ name: 'ccache', hits: 0, misses: 0 });
    expect(readCounts('ccache', '')).toBeUndefined();
  });

  test('of sccache 0.4, by language', () => {
    const text =
      '{"stats":{"compile_requests":2,"cache_hits":{"counts":{"C/C++":1,"Rust":2}},"cache_misses":{"counts":{"C/C++":1}}},"cache_size":375}';
    expect(readCounts('sccache', text)).toEqual({ name: 'sccache', hits: 3, misses: 1 });
  });

  test.each(['', '{', 'null', '[]', '{"stats":null}'])('of sccache from %j: none, and no failure', (text) => {
    const use = readCounts('sccache', text);
    expect(use === undefined || (use.hits === 0 && use.misses === 0)).toBe(true);
  });

  test('in words', () => {
    expect(cacheSentence({ name: 'ccache', hits: 2, misses: 1 })).toBe('ccache: 2 of 3 compilations from the cache (67 %)');
    expect(cacheSentence({ name: 'sccache', hits: 0, misses: 0 })).toBe('sccache: the build asked for nothing');
  });
});

test('a run of a tag compiles everything anew', () => {
  expect(reasonAgainst('refs/tags/v1.0.0')).toMatch(/tags/);
  expect(reasonAgainst('refs/heads/refs/tags/x')).toBeUndefined();
  expect(reasonAgainst(undefined)).toBeUndefined();
});

test('compilers of both architectures are found behind the cache, before the real ones', () => {
  expect(cacheEnvironment('ccache')['PATH']).toMatch(/^\/usr\/lib\/ccache:/);
  expect(cacheEnvironment('sccache')).toMatchObject({
    PATH: expect.stringMatching(/^\/usr\/lib\/release-kit-sccache:/),
    RUSTC_WRAPPER: 'sccache',
  });
  expect(maskScript('sccache', architectureOf('arm64'))).toMatch(/ gcc g\+\+ .* aarch64-linux-gnu-gcc /s);
  expect(maskScript('sccache', undefined)).not.toContain('linux-gnu');
});

test.each(['ccache', 'sccache'] as const)(
  'counting with %s keeps the exit code, the output and the arguments of the build',
  async (name) => {
    await using host = await recordingHost();
    const [program = '', ...prefix] = cachePrefix(name);
    const result = await host.exec([program, ...prefix, 'sh', '-c', 'echo "$1"; exit 7', 'x', 'a  b'], { allow: 'any' });
    expect(result.exitCode).toBe(7);
    expect(result.stdout).toBe('a  b\n');
  },
);

describe('the remote cache', () => {
  test('is asked day by day, up to a week back, until it has something', async () => {
    await using host = await recordingHost();
    const asked: string[] = [];
    const remoteCache = {
      restore: async (_path: string, key: string) => asked.push(key) === 3,
      save: async () => undefined,
    };
    const clock = { ...host.clock, now: () => Date.UTC(2026, 2, 1, 23) };
    const kept = join(host.files.workspace, 'compilers/ccache-x');
    await restoreKept({ remoteCache, clock }, kept, 'ccache-x');
    expect(asked).toEqual(['2026-03-01', '2026-02-28', '2026-02-27'].map((day) => `release-kit-compilers-ccache-x-${day}`));
    expect(await readdir(kept)).toEqual([]);
    asked.push('a', 'b', 'c');
    await restoreKept({ remoteCache, clock }, kept, 'ccache-x');
    expect(asked).toHaveLength(6 + 8);
  });

  test('is not asked where this host has its own', async () => {
    await using host = await recordingHost();
    const remoteCache = { restore: () => Promise.reject(new Error('asked')), save: async () => undefined };
    await mkdir(join(host.files.workspace, 'kept'));
    await writeFile(join(host.files.workspace, 'kept/x'), '');
    await restoreKept({ remoteCache, clock: host.clock }, join(host.files.workspace, 'kept'), 'x');
    await restoreKept({ remoteCache: undefined, clock: host.clock }, join(host.files.workspace, 'new'), 'x');
    expect(await readdir(host.files.workspace)).toEqual(['kept', 'new']);
  });
});
