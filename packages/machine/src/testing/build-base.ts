import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages } from '../base-packages.ts';
import { prepareBase } from '../base-system.ts';
import type { BaseSystem } from '../machine.ts';
import { cache as sharedCache } from './traces.ts';

/** For the tests of one block: a cache of their own, gone after the last of them, and the base system of builds, which all tests share. */
export function buildBaseForAll(): { readonly cache: string; readonly base: BaseSystem } {
  let made: { readonly cache: string; readonly base: BaseSystem } | undefined;
  const present = () => {
    if (made === undefined) throw new Error('not made yet: ask for it inside a test');
    return made;
  };
  beforeAll(async () => {
    await using host = await recordingHost({ cache: sharedCache });
    const request = { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: basePackages.build };
    const base = await prepareBase(host, request);
    made = { base, cache: await mkdtemp(join(tmpdir(), 'release-kit-test-cache-')) };
  }, 600_000);
  afterAll(async () => {
    if (made !== undefined) await rm(made.cache, { recursive: true, force: true });
  }, 120_000);
  return {
    get cache() {
      return present().cache;
    },
    get base() {
      return present().base;
    },
  };
}
