import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { folderStore } from './folder-store.ts';
import { planRelease } from './release-plan.ts';
import type { PlannedRelease } from './release-store.ts';

let host: RecordingHost;
let folder = '';

beforeEach(async () => {
  host = await recordingHost();
  folder = join(host.files.workspace, 'nested', 'release');
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

async function planned(contents: Readonly<Record<string, string>>, tag = 'v1.0.0'): Promise<PlannedRelease> {
  const files = [];
  for (const [name, content] of Object.entries(contents)) {
    const file = join(host.files.workspace, name);
    await writeFile(file, content);
    files.push({ name, file, size: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  }
  return planRelease({ tag, prerelease: false, notes: 'Notes', commit: undefined, files });
}

test('a folder on which something is mounted is refused before anything is made', async () => {
  await using place = folderStore('/proc', host);
  await expect(place.preflight(await planned({ a: 'a' }))).rejects.toThrowWithCode('E_PATH', /^proc cannot be replaced as a whole/);
});

async function store(release: PlannedRelease): Promise<string[]> {
  await using place = folderStore(folder, host);
  await place.preflight(release);
  const draft = await place.draft(release);
  const outcomes = [];
  for (const asset of release.assets) outcomes.push(await place.put(draft, asset));
  await place.read(draft);
  return outcomes;
}

const siblings = async (): Promise<string[]> => (await readdir(join(folder, '..'))).sort();

describe('a draft in a folder', () => {
  test('has a record with sorted keys, modes for everyone, and no trace of the staging', async () => {
    await store(await planned({ 'b.deb': 'b', 'a.deb': 'aa' }));
    const text = await readFile(join(folder, 'release.json'), 'utf8');
    const digest = (content: string): string => createHash('sha256').update(content).digest('hex');
    expect(JSON.parse(text)).toEqual({
      assets: [
        { name: 'a.deb', sha256: digest('aa'), size: 2 },
        { name: 'b.deb', sha256: digest('b'), size: 1 },
      ],
      commit: null,
      draft: true,
      prerelease: false,
      schema: 1,
      tag: 'v1.0.0',
      title: 'v1.0.0',
      wrote: { notes: digest('Notes').slice(0, 16), title: digest('v1.0.0').slice(0, 16) },
    });
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(JSON.parse(text)).sort());
    expect((await stat(folder)).mode & 0o777).toBe(0o755);
    expect((await stat(join(folder, 'a.deb'))).mode & 0o777).toBe(0o644);
    expect(await siblings()).toEqual(['release']);
  });

  test('without assets is there at once', async () => {
    await store(await planned({}));
    expect((await readdir(folder)).sort()).toEqual(['notes.md', 'release.json']);
  });

  test('stays the old one, whole, until the new one is whole; what was staged is removed', async () => {
    await store(await planned({ 'a.deb': 'old' }));
    {
      await using place = folderStore(folder, host);
      const release = await planned({ 'a.deb': 'new', 'b.deb': 'new' });
      const draft = await place.draft(release);
      const [first] = release.assets;
      if (first !== undefined) await place.put(draft, first);
      expect(await readFile(join(folder, 'a.deb'), 'utf8')).toBe('old');
      expect(await siblings()).toHaveLength(2);
    }
    expect(await readFile(join(folder, 'a.deb'), 'utf8')).toBe('old');
    expect(await siblings()).toEqual(['release']);
  });

  test('loses assets that are no longer planned, and keeps logs and the summary', async () => {
    await store(await planned({ 'a.deb': 'a', 'old.deb': 'o' }));
    await mkdir(join(folder, 'logs'));
    await writeFile(join(folder, 'logs', 'x.log'), 'log');
    await writeFile(join(folder, 'summary.md'), 'summary');
    await writeFile(join(folder, 'manifest.json'), '{}');
    expect(await store(await planned({ 'a.deb': 'a' }))).toEqual(['kept']);
    expect((await readdir(folder)).sort()).toEqual(['a.deb', 'logs', 'notes.md', 'release.json', 'summary.md']);
    expect(await readFile(join(folder, 'logs', 'x.log'), 'utf8')).toBe('log');
  });

  test('keeps the title and the notes that people changed, now and later, and says so', async () => {
    const wanted = async (notes: string) => ({ ...(await planned({ 'a.deb': 'a' })), notes });
    await store(await wanted('First notes'));
    await store(await wanted('Better notes'));
    expect(await readFile(join(folder, 'notes.md'), 'utf8')).toBe('Better notes\n');
    expect(host.recorded.lines.join('\n')).not.toContain('by hand');
    await writeFile(join(folder, 'notes.md'), 'Dear users\r\n');
    const record = join(folder, 'release.json');
    await writeFile(record, (await readFile(record, 'utf8')).replace('"title": "v1.0.0"', '"title": "The big one"'));
    for (const notes of ['Better notes', 'Notes of a later day']) {
      await store(await wanted(notes));
      expect(await readFile(join(folder, 'notes.md'), 'utf8')).toBe('Dear users\n');
      expect(JSON.parse(await readFile(record, 'utf8'))).toMatchObject({ title: 'The big one', assets: [{ name: 'a.deb' }] });
    }
    expect(host.recorded.lines).toContain('the title and the notes of the draft were changed by hand and stay as they are');
  });

  test('keeps what people write into the notes while it is made', async () => {
    await store(await planned({ 'a.deb': 'a' }));
    await using place = folderStore(folder, host);
    const release = await planned({ 'a.deb': 'b' });
    const draft = await place.draft(release);
    await writeFile(join(folder, 'notes.md'), 'Just now');
    for (const asset of release.assets) await place.put(draft, asset);
    expect(await readFile(join(folder, 'notes.md'), 'utf8')).toBe('Just now\n');
  });

  test('has our notes where they were removed, or a link leads elsewhere', async () => {
    const notes = join(folder, 'notes.md');
    await store(await planned({ 'a.deb': 'a' }));
    await rm(notes);
    await store(await planned({ 'a.deb': 'a' }));
    expect(await readFile(notes, 'utf8')).toBe('Notes\n');
    const secret = join(host.files.workspace, 'secret');
    await writeFile(secret, 'secret');
    await rm(notes);
    await symlink(secret, notes);
    await store(await planned({ 'a.deb': 'a' }));
    expect(await readFile(notes, 'utf8')).toBe('Notes\n');
    expect(await readFile(secret, 'utf8')).toBe('secret');
  });

  test('goes into a folder that holds nothing but the logs of a failed run', async () => {
    await mkdir(join(folder, 'logs'), { recursive: true });
    await writeFile(join(folder, 'summary.md'), 'failed');
    await store(await planned({ 'a.deb': 'a' }));
    expect((await readdir(folder)).sort()).toEqual(['a.deb', 'logs', 'notes.md', 'release.json', 'summary.md']);
  });

  test('put twice, or put before draft, does no harm or is a bug', async () => {
    const release = await planned({ 'a.deb': 'a' });
    await using place = folderStore(folder, host);
    const [asset] = release.assets;
    if (asset === undefined) throw new Error('no asset');
    await expect(place.put({ id: '', url: '', draft: true, assets: [] }, asset)).rejects.toThrow('put before draft');
    const draft = await place.draft(release);
    await place.put(draft, asset);
    expect(await place.put(draft, asset)).toBe('uploaded');
  });
});

describe('a folder is refused', () => {
  test('when it holds anything that is not ours, which stays', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'thesis.txt'), 'dear');
    await expect(store(await planned({ 'a.deb': 'a' }))).rejects.toThrowWithCode(
      'E_ASSET_CONFLICT',
      /holds "thesis\.txt", which is no part/,
    );
    expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('dear');
  });

  test('when something foreign appears beside an earlier draft, even at the last moment', async () => {
    await store(await planned({ 'a.deb': 'a' }));
    await using place = folderStore(folder, host);
    const release = await planned({ 'a.deb': 'b' });
    const draft = await place.draft(release);
    await writeFile(join(folder, 'thesis.txt'), 'dear');
    const [asset] = release.assets;
    if (asset === undefined) throw new Error('no asset');
    await expect(place.put(draft, asset)).rejects.toThrowWithCode('E_ASSET_CONFLICT', /thesis/);
    expect(await readFile(join(folder, 'a.deb'), 'utf8')).toBe('a');
  });

  test('when it holds the draft of another tag', async () => {
    await store(await planned({ 'a.deb': 'a' }));
    await expect(store(await planned({ 'a.deb': 'a' }, 'v2.0.0'))).rejects.toThrowWithCode(
      'E_ASSET_CONFLICT',
      /draft of v1\.0\.0, not of v2\.0\.0/,
    );
  });

  test.each([
    ['published', { draft: false }],
    ['published and yanked', { draft: true, mark: 'yanked' }],
  ])('when it holds a release of another tag that was %s, and nobody is told to remove it', async (_, state) => {
    await store(await planned({ 'a.deb': 'a' }));
    const record = join(folder, 'release.json');
    await writeFile(record, JSON.stringify({ ...JSON.parse(await readFile(record, 'utf8')), ...state }));
    const storing = store(await planned({ 'a.deb': 'a' }, 'v2.0.0'));
    await expect(storing).rejects.toThrowWithCode('E_ASSET_CONFLICT', /the release v1\.0\.0, which was published/);
    await expect(storing).rejects.toMatchObject({ cure: expect.not.stringMatching(/[Rr]emove/) });
  });

  test.each([
    'rubbish',
    '[]',
    '{"schema":2,"tag":"v1.0.0","assets":[]}',
    '{"schema":1,"tag":1,"assets":[]}',
    '{"schema":1,"tag":"v1.0.0"}',
  ])('when its release.json is %s', async (text) => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'release.json'), text);
    await expect(store(await planned({ 'a.deb': 'a' }))).rejects.toThrowWithCode('E_ASSET_CONFLICT', /release\.json/);
  });

  test('when it is a file', async () => {
    await mkdir(join(folder, '..'));
    await writeFile(folder, '');
    await expect(store(await planned({ 'a.deb': 'a' }))).rejects.toThrowWithCode('E_PATH', /is a file/);
  });

  test('for an asset named like a file of the draft itself', async () => {
    await expect(store(await planned({ 'notes.md': 'a' }))).rejects.toThrowWithCode('E_NAME_COLLISION', /notes\.md/);
  });
});

test('a file that changes between plan and copy is E_DIGEST, and no draft appears', async () => {
  const release = await planned({ 'a.deb': 'a' });
  const [asset] = release.assets;
  await writeFile(asset?.file ?? '', 'b');
  await chmod(asset?.file ?? '', 0o600);
  await expect(store(release)).rejects.toThrowWithCode('E_DIGEST', /a\.deb was changed/);
  expect(await siblings()).toEqual([]);
});
