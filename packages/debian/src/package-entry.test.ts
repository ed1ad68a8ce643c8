import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parsePackageEntries } from './package-entry.ts';

const options = ['--verbose', '--numeric-owner', '--full-time', '--quoting-style=escape'] as const;

test('reads what tar lists of files with odd names, links and owners', async () => {
  await using host = await recordingHost();
  const folder = join(host.files.workspace, 'tree');
  await mkdir(join(folder, 'a folder'), { recursive: true });
  await writeFile(join(folder, 'a folder/new\nline -> x'), 'text', { mode: 0o640 });
  await writeFile(join(folder, 'ä'), '', { mode: 0o755 });
  await symlink('../etc/passwd', join(folder, 'link'));
  await link(join(folder, 'ä'), join(folder, 'second'));
  const archive = join(host.files.workspace, 'x.tar');
  await host.exec([
    'tar',
    '--create',
    '--sort=name',
    '--mtime=@0',
    '--owner=evil:1234',
    '--group=:99999',
    '--mode=u=rwX,go=rX',
    '--file',
    archive,
    '-C',
    folder,
    '.',
  ]);
  const { stdout } = await host.exec(['tar', '--list', ...options, '--file', archive]);
  const entries = parsePackageEntries(stdout, 'x.deb');
  expect(entries.map(({ path, kind, target, size }) => [path, kind, target, size])).toEqual([
    ['', 'folder', undefined, 0],
    ['a folder', 'folder', undefined, 0],
    ['a folder/new\\nline -> x', 'file', undefined, 4],
    ['link', 'link', '../etc/passwd', 0],
    ['second', 'file', undefined, 0],
    [expect.stringMatching(/^(?:ä|\\303\\244)$/), 'hard-link', './second', 0],
  ]);
  expect(entries[2]).toMatchObject({ user: 1234, group: 99999, mode: '-rw-r--r--' });
  expect(entries[1]).toMatchObject({ mode: 'drwxr-xr-x' });
});

test('a line of another form is refused, not skipped', () => {
  expect(() => parsePackageEntries('-rw-r--r-- root/root 0 2026-01-01 00:00:00 ./x\n', 'x.deb')).toThrowWithCode('E_DEB', /cannot be read/);
  expect(parsePackageEntries('crw-r--r-- 0/0 1,3 2026-01-01 00:00:00 ./null\n', 'x.deb')).toMatchObject([{ kind: 'other', path: 'null' }]);
});
