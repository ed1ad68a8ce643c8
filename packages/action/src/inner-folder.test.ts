import { mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { innerFolder } from './inner-folder.ts';
import { recordingHost } from './recording-host.ts';

test('folders are made below a folder, and may be there', async () => {
  await using host = await recordingHost();
  const out = join(host.files.workspace, 'new', 'out');
  expect(await innerFolder(out, 'logs', 'deep')).toBe(join(out, 'logs', 'deep'));
  expect(await innerFolder(out, 'logs', 'deep')).toBe(join(out, 'logs', 'deep'));
  expect((await stat(join(out, 'logs', 'deep'))).isDirectory()).toBe(true);
});

test('a link or a file in the way is never followed', async () => {
  await using host = await recordingHost();
  const [out, elsewhere] = [join(host.files.workspace, 'out'), join(host.files.workspace, 'elsewhere')];
  await mkdir(out);
  await mkdir(elsewhere);
  await symlink(elsewhere, join(out, 'logs'));
  await writeFile(join(out, 'file'), '');
  await expect(innerFolder(out, 'logs', 'deep')).rejects.toThrowWithCode('E_PATH', /out\/logs has to be a folder, and is a link or a file/);
  await expect(innerFolder(out, 'file')).rejects.toThrowWithCode('E_PATH', /out\/file has to be a folder/);
  expect(await readdir(elsewhere)).toEqual([]);
});
