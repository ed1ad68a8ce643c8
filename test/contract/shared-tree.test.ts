import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gitIn } from '../../scripts/publishing/git.ts';
import { type SharedTree, sharedTree } from '../support/shared-tree.ts';
import { smallDist, writeSmallDist } from '../support/small-dist.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shared-tree-'));
  await writeSmallDist(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const shared = (): Promise<SharedTree> =>
  sharedTree({ dist: join(folder, 'dist'), workflows: join(folder, 'workflows'), store: join(folder, 'store') });
const inStore = (): Promise<readonly string[]> => readdir(join(folder, 'store'));

describe('the published tree that test files share', () => {
  test('is made once: who asks again, or at the same time, has the same folder, and nothing else is left there', async () => {
    const asked = await Promise.all([shared(), shared(), shared()]);
    asked.push(await shared());
    expect(new Set(asked.map(({ remote }) => remote)).size).toBe(1);
    expect(await inStore()).toHaveLength(1);
  });

  test.each(['dist/build-deb/index.js', 'dist/action.yml', 'workflows/build.yml'])('is another one where a byte of %s is', async (path) => {
    const first = await shared();
    const text = `${smallDist[path]}\n`;
    await writeFile(join(folder, path), text);
    const second = await shared();
    expect(second.remote).not.toBe(first.remote);
    const published = path.replace(/^dist\//, '').replace(/^workflows\//, '.github/workflows/');
    const [before, after] = await Promise.all(
      [first, second].map(({ remote }) =>
        gitIn(remote)
          .bytes(['show', `v1:${published}`])
          .then(String),
      ),
    );
    expect(after).toBe(`${before}\n`);
  });

  test('that nobody asked for since yesterday makes room for the next', async () => {
    const first = await shared();
    const before = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(first.remote, before, before);
    // Asking for it counts.
    expect(await shared()).toEqual(first);
    await writeFile(join(folder, 'workflows/build.yml'), 'jobs: {}\n');
    await shared();
    expect(await inStore()).toHaveLength(2);
    await utimes(first.remote, before, before);
    await writeFile(join(folder, 'workflows/build.yml'), 'jobs: { }\n');
    await shared();
    expect(await inStore()).toHaveLength(2);
    expect(await inStore()).not.toContain(first.remote.split('/').at(-1));
  });
});
