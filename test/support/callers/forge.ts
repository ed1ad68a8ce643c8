import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type SharedTree, sharedTree } from '../shared-tree.ts';
import type { Caller } from './caller.ts';
import { type SigningKey, signingKey } from './signing-key.ts';
import { startWorld, type World } from './world.ts';

/** Where repositories lie: those of users in a folder of their own, and release-kit as it was published. */
export interface Forge {
  /** Absolute; the folder of the repositories, or one in it. */
  place(name?: string): string;
  /** GitHub with its services, around the repository of a user. */
  world(caller: Caller): Promise<World>;
  /** What a maintainer keeps as secrets of the repository. */
  readonly key: SigningKey;
}

/** Milliseconds. */
const limit = 120_000;

/** A forge for the tests of one file: there before the first of them, gone after the last. */
export function forgeForAll(): Forge {
  let made: { readonly folder: string; readonly tree: SharedTree; readonly key: SigningKey } | undefined;
  const ready = (): NonNullable<typeof made> => {
    if (made === undefined) throw new Error('not there yet: ask for it inside a test');
    return made;
  };
  beforeAll(async () => {
    made = { tree: await sharedTree(), key: await signingKey(), folder: await mkdtemp(join(tmpdir(), 'forge-')) };
  }, limit);
  afterAll(async () => {
    if (made !== undefined) await rm(made.folder, { recursive: true });
  });
  return {
    place: (name = '') => join(ready().folder, name),
    world: (caller) => startWorld(caller, ready().tree),
    get key() {
      return ready().key;
    },
  };
}
