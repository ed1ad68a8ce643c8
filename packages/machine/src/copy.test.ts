import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { inScript, takeOut } from './copy.ts';

describe('takeOut', () => {
  test('gives what the machine wrote, with modes but without setuid, and removes its own folder', async () => {
    await using host = await recordingHost();
    let staging = '';
    await takeOut(host, host.files.workspace, '/srv', async (_, folder) => {
      staging = folder;
      await mkdir(join(folder, 'sub'));
      await writeFile(join(folder, 'sub', 'tool'), 'x');
      await chmod(join(folder, 'sub', 'tool'), 0o4751);
    });
    expect(await readFile(join(host.files.workspace, 'sub/tool'), 'utf8')).toBe('x');
    expect((await stat(join(host.files.workspace, 'sub/tool'))).mode & 0o7777).toBe(0o751);
    expect(existsSync(staging)).toBe(false);
  });

  test('refuses links wherever they are, names them harmlessly, and takes nothing', async () => {
    await using host = await recordingHost();
    const hostile = takeOut(host, host.files.workspace, '/srv', async (_, folder) => {
      await writeFile(join(folder, 'a'), 'good');
      await mkdir(join(folder, 'sub'));
      await symlink('/etc/shadow', join(folder, 'sub', '\u001b[2Jbad\n::error::x'));
    });
    await expect(hostile).rejects.toThrowWithCode(
      'E_MACHINE',
      /^\/srv\/sub\/\\x1b\[2Jbad\\n.*::error::x in the machine is a symbolic link/,
    );
    expect(await readdir(host.files.workspace)).toEqual([]);
  });
});

test('the script that copies in keeps modes and links and makes the folder', async () => {
  await using host = await recordingHost();
  const [from, to] = [join(host.files.workspace, 'from'), join(host.files.workspace, 'new folder', 'to')];
  await mkdir(from);
  await writeFile(join(from, '.hidden'), 'x', { mode: 0o640 });
  await symlink('.hidden', join(from, 'link'));
  await host.exec(['/bin/sh', '-c', inScript, 'copy-in', to, '', from]);
  expect((await stat(join(to, '.hidden'))).mode & 0o777).toBe(0o640);
  expect(await readFile(join(to, 'link'), 'utf8')).toBe('x');
});

test('the script that copies in leaves a folder that is there as it is', async () => {
  await using host = await recordingHost();
  const [from, to] = [join(host.files.workspace, 'from'), join(host.files.workspace, 'to')];
  await mkdir(from, { mode: 0o700 });
  await writeFile(join(from, 'file'), 'x');
  await mkdir(to, { mode: 0o755 });
  await host.exec(['/bin/sh', '-c', inScript, 'copy-in', to, '', from]);
  expect((await stat(to)).mode & 0o777).toBe(0o755);
  expect(await readdir(to)).toEqual(['file']);
});
