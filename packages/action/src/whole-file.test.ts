import { chmod, chown, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from './recording-host.ts';
import { storageError, storing, writeTogether, writeWhole } from './whole-file.ts';

let host: RecordingHost;
let folder = '';
beforeEach(async () => {
  host = await recordingHost();
  folder = join(host.files.workspace, 'out');
  await mkdir(folder);
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

describe('a file written as a whole', () => {
  test('takes the place of an earlier one, with its mode whatever the umask', async () => {
    const file = join(folder, 'SHA256SUMS');
    await writeFile(file, 'an earlier one');
    await chmod(file, 0o600);
    const umask = process.umask(0o077);
    try {
      await writeWhole(file, 'text');
      await writeWhole(join(folder, 'key.gpg'), Buffer.of(0x99, 0x00));
    } finally {
      process.umask(umask);
    }
    expect(await readFile(file, 'utf8')).toBe('text');
    expect((await stat(file)).mode & 0o777).toBe(0o644);
    expect((await readdir(folder)).sort()).toEqual(['SHA256SUMS', 'key.gpg']);
  });

  test('is not there at all, and nothing else is, when its folder is missing or a folder is in its place', async () => {
    await expect(writeWhole(join(folder, 'missing', 'file'), 'text')).rejects.toThrowWithCode('E_PATH', /^file cannot be written: ENOENT$/);
    await mkdir(join(folder, 'file', 'in it'), { recursive: true });
    await expect(writeWhole(join(folder, 'file'), 'text')).rejects.toThrowWithCode('E_PATH', /^file cannot be written: /);
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('never takes the place of a device or a pipe, by whatever name it goes', async () => {
    const [pipe, link] = [join(folder, 'pipe'), join(folder, 'link')];
    await host.exec(['mkfifo', pipe]);
    await symlink('/dev/null', link);
    for (const path of [pipe, link]) {
      await expect(writeWhole(path, 'text')).rejects.toThrowWithCode('E_PATH', /is no place for a file/);
      await expect(writeTogether([{ path, content: 'text' }])).rejects.toThrowWithCode('E_PATH', /is no place for a file/);
    }
    expect((await lstat(pipe)).isFIFO()).toBe(true);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['link', 'pipe']);
  });

  test('for which there is no room leaves the earlier one, and is E_HOST that tells the free space', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'an earlier one');
    // A limit of the size of files ends a write half way, as a full disk does.
    const module = pathToFileURL(join(import.meta.dirname, 'whole-file.ts')).href;
    const program = `import { writeWhole } from ${JSON.stringify(module)};
      await writeWhole(process.argv[1], 'x'.repeat(100_000)).catch(({ code, message }) => console.log(code, message));`;
    const { stdout } = await host.exec(['prlimit', '--fsize=4096', process.execPath, '--input-type=module', '-e', program, file]);
    expect(stdout).toMatch(/^E_HOST file cannot be written: files of this size are not allowed there \(\d+ MB are free\)$/m);
    expect(await readFile(file, 'utf8')).toBe('an earlier one');
    expect(await readdir(folder)).toEqual(['file']);
  });
});

describe('files written together', () => {
  const at = (name: string) => join(folder, name);

  test('keep mode and owner, and new ones are for all to read', async () => {
    await writeFile(at('a'), 'old');
    await chmod(at('a'), 0o750);
    if (process.geteuid?.() === 0) await chown(at('a'), 12_345, 54_321);
    const { uid, gid } = await stat(at('a'));
    await writeTogether([
      { path: at('a'), content: 'new' },
      { path: at('b'), content: Buffer.of(1) },
    ]);
    expect(await stat(at('a'))).toMatchObject({ uid, gid });
    expect([(await stat(at('a'))).mode & 0o777, (await stat(at('b'))).mode & 0o777]).toEqual([0o750, 0o644]);
    expect([await readFile(at('a'), 'utf8'), (await readdir(folder)).sort()]).toEqual(['new', ['a', 'b']]);
  });

  test.each([
    ['whose folder is missing', 'missing/c'],
    ['that is a folder', 'folder'],
  ])('are as before when there is one %s', async (_, last) => {
    await writeFile(at('a'), 'old');
    await mkdir(at('folder'));
    const files = ['a', 'b', last].map((name) => ({ path: at(name), content: 'new' }));
    await expect(writeTogether(files)).rejects.toThrowWithCode('E_PATH');
    expect([await readFile(at('a'), 'utf8'), (await readdir(folder)).sort()]).toEqual(['old', ['a', 'folder']]);
  });
});

test('an error that is none of the file system stays what it is', async () => {
  for (const error of [new Error('a bug'), Object.assign(new Error(), { code: 'ABORT_ERR' }), 'text']) {
    expect(await storageError('/a', error)).toBe(error);
    await expect(storing('/a', () => Promise.reject(error))).rejects.toBe(error);
  }
  const told = await storageError('/missing/a', Object.assign(new Error(), { code: 'ENOSPC' }));
  expect(told).toMatchObject({ code: 'E_HOST', message: 'a cannot be written: no space is left on its disk' });
  expect(await storageError('/a', told)).toBe(told);
});
