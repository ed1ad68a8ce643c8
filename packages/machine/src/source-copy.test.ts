import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, readlink, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { copyTree } from './source-copy.ts';

test('a tree is copied as it lies there, without git, outputs and pipes', async () => {
  await using host = await recordingHost();
  const from = join(host.files.workspace, 'from');
  const to = join(host.files.workspace, 'to');
  for (const folder of ['.git', 'src/.git', 'out', 'old', 'data', 'empty']) await mkdir(join(from, folder), { recursive: true });
  await writeFile(join(from, '.git/HEAD'), '');
  await writeFile(join(from, 'src/tool'), '');
  await chmod(join(from, 'src/tool'), 0o755);
  await utimes(join(from, 'src/tool'), 1000, 1000);
  await writeFile(join(from, '.gitignore'), '');
  await writeFile(join(from, 'out/x'), '');
  await writeFile(join(from, 'old/manifest.json'), '{"files":[],"schema":1,"sources":[],"sourceDateEpoch":5}');
  await writeFile(join(from, 'data/manifest.json'), '{"name":"an extension of a browser","schema":1}');
  await symlink('/etc/shadow', join(from, 'src/link'));
  await symlink('..', join(from, 'src/up'));
  execFileSync('mkfifo', [join(from, 'pipe')]);

  const leftOut = await copyTree(from, to, join(from, 'out'));
  expect(
    (await readdir(to, { recursive: true, withFileTypes: true }))
      .map((entry) => join(entry.parentPath, entry.name).slice(to.length + 1))
      .sort(),
  ).toEqual(['.gitignore', 'data', 'data/manifest.json', 'empty', 'src', 'src/link', 'src/tool', 'src/up']);
  expect(await readlink(join(to, 'src/link'))).toBe('/etc/shadow');
  expect(await readlink(join(to, 'src/up'))).toBe('..');
  expect(await lstat(join(to, 'src/tool'))).toMatchObject({ mode: 0o100755, mtimeMs: 1_000_000 });
  expect(Object.fromEntries(leftOut.map(({ path, reason }) => [path, reason]))).toEqual({
    '.git': "git's own data",
    'src/.git': "git's own data",
    out: 'the output folder',
    old: 'output of an earlier run',
    pipe: 'not a file',
  });
});

test('a source that is named by a link to it is copied all the same, without its output', async () => {
  await using host = await recordingHost();
  const [from, link, to] = ['from', 'link', 'to'].map((name) => join(host.files.workspace, name)) as [string, string, string];
  await mkdir(join(from, 'out'), { recursive: true });
  await writeFile(join(from, 'main.c'), '');
  await symlink('from', link);
  expect(await copyTree(link, to, join(link, 'out'))).toEqual([{ path: 'out', reason: 'the output folder' }]);
  expect((await lstat(to)).isDirectory()).toBe(true);
  expect(await readdir(to)).toEqual(['main.c']);
});

test('a source that is the output folder itself is copied', async () => {
  await using host = await recordingHost();
  const from = join(host.files.workspace, 'from');
  await mkdir(from);
  await writeFile(join(from, 'manifest.json'), '{"schema":1,"sourceDateEpoch":5}');
  expect(await copyTree(from, join(host.files.workspace, 'to'), from)).toEqual([]);
});

test('a temporary folder inside the source is refused, and nothing is copied', async () => {
  await using host = await recordingHost();
  const from = join(host.files.workspace, 'from');
  await mkdir(from);
  await expect(copyTree(from, join(from, 'tmp', 'to'), join(from, 'out'))).rejects.toThrowWithCode('E_PATH', /tmp\/to/);
  expect(await readdir(from)).toEqual([]);
});
