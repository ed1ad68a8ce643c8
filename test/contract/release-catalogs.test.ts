import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { releaseBench } from '../support/release-bench.ts';
import { signedBuild } from '../support/signed-build.ts';

const tag = 'v1.2.0';

/** What both places do alike, by the action itself. */
describe.each(['folder', 'github'])('a release in a place of the kind %s', (destination) => {
  test('is published, marked and restored; each done again changes nothing; its assets stay what they are', async () => {
    await using bench = await releaseBench();
    const assets = await signedBuild(bench.host, { 'hello_1.2.0-1_amd64.deb': 'a package' });
    const folder = join(bench.host.files.workspace, 'release');
    const act = (given: Readonly<Record<string, string>>) => bench.act({ tag, destination, ...given });
    const state = async (): Promise<string> => {
      if (destination === 'github') return JSON.stringify(bench.github.releases);
      const files = ['release.json', 'notes.md', 'SHA256SUMS'].map((name) => readFile(join(folder, name), 'utf8'));
      return (await Promise.all(files)).join('\n');
    };
    const twice = async (given: Readonly<Record<string, string>>): Promise<string> => {
      await act(given);
      const once = await state();
      await act(given);
      expect(await state()).toBe(once);
      return once;
    };
    expect(await act({ assets })).toMatchObject({ published: 'false', channel: 'stable' });
    const published = await twice({ assets, publish: 'true' });
    const marked = await twice({ mode: 'rollback', reason: 'Broken.' });
    expect(marked).toContain('This release was rolled back');
    // Marked, it is nothing that a late run of its workflow may count as done.
    await expect(act({ assets, publish: 'true' })).rejects.toThrowWithCode('E_RELEASE_EXISTS');
    expect(await twice({ mode: 'restore' })).toBe(published);
    await twice({ mode: 'yank' });
    await expect(act({ assets })).rejects.toThrowWithCode('E_RELEASE_EXISTS', /was published and yanked/);
    expect(await twice({ mode: 'restore' })).toBe(published);
    await expect(act({ assets })).rejects.toThrowWithCode('E_RELEASE_EXISTS');
  });

  test('that is not there cannot be taken back', async () => {
    await using bench = await releaseBench();
    for (const mode of ['rollback', 'yank', 'restore'])
      await expect(bench.act({ tag, destination, mode })).rejects.toThrowWithCode('E_INPUT', /is not published/);
  });
});

test('a folder records what was done to its release', async () => {
  await using bench = await releaseBench();
  const assets = await signedBuild(bench.host, { 'hello_1.2.0-1_amd64.deb': 'a package' });
  const record = async (): Promise<unknown> => JSON.parse(await readFile(join(bench.host.files.workspace, 'release/release.json'), 'utf8'));
  await bench.act({ tag, destination: 'folder', assets, publish: 'true' });
  expect(await record()).toMatchObject({ draft: false, latest: true, prerelease: false });
  await bench.act({ tag, destination: 'folder', mode: 'rollback' });
  expect(await record()).toMatchObject({ draft: false, latest: false, mark: 'rolled-back' });
  await bench.act({ tag, destination: 'folder', mode: 'yank' });
  expect(await record()).toMatchObject({ draft: true, mark: 'yanked' });
  await expect(bench.act({ tag, destination: 'folder', mode: 'restore', pointers: 'major' })).rejects.toThrowWithCode('E_INPUT', /no tags/);
});
