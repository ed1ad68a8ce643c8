import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findPackageFolders } from './package-folders.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'folders-'));
});
afterEach(() => rm(root, { recursive: true }));

async function control(...folders: string[]): Promise<void> {
  for (const folder of folders) {
    const file = join(root, folder, 'debian/control');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
  }
}

test('packages are found at any depth, in the same order everywhere', async () => {
  await control('z', 'a/b/c', 'a-b', '.hidden/x');
  expect(await findPackageFolders(root)).toEqual({ found: ['.hidden/x', 'a/b/c', 'a-b', 'z'], inside: [] });
});

test('what is inside a package is its source, and said', async () => {
  await control('.', 'vendor/x', 'vendor/x/y');
  expect(await findPackageFolders(root)).toEqual({
    found: ['.'],
    inside: [
      { path: 'vendor/x', of: '.' },
      { path: 'vendor/x/y', of: '.' },
    ],
  });
});

test('git, node_modules, and folders inside debian are passed by', async () => {
  await control('.git/x', 'a/node_modules/x', 'a', 'a/debian/tests/pkg', 'debian/x');
  expect(await findPackageFolders(root)).toEqual({ found: ['a'], inside: [] });
});

test('links are not followed: not out of the tree, not in circles', async () => {
  await control('real');
  await mkdir(join(root, 'sub'));
  await symlink('..', join(root, 'sub/up'));
  await symlink('/', join(root, 'out'));
  await symlink('real', join(root, 'again'));
  await mkdir(join(root, 'linked/debian'), { recursive: true });
  await symlink('/etc/passwd', join(root, 'linked/debian/control'));
  expect((await findPackageFolders(root)).found).toEqual(['real']);
});

test('but the folder that was named may use them', async () => {
  await mkdir(join(root, 'packaging'));
  await writeFile(join(root, 'packaging/control'), '');
  await symlink('packaging', join(root, 'debian'));
  expect((await findPackageFolders(root)).found).toEqual(['.']);
});

test('a debian/control that is a folder, and a name that is not UTF-8, are none', async () => {
  await mkdir(join(root, 'a/debian/control'), { recursive: true });
  const odd = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff])]);
  await mkdir(odd);
  expect(await findPackageFolders(root)).toEqual({ found: [], inside: [] });
});

test('a tree without end is refused', async () => {
  await mkdir(join(root, ...Array.from({ length: 45 }, () => 'd')), { recursive: true });
  await expect(findPackageFolders(root)).rejects.toThrowWithCode('E_SOURCE', /more than 40 levels/);
});
