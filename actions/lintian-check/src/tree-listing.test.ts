import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { listTree } from './tree-listing.ts';

async function treeOf(root: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), '');
  }
}

test('files are listed in the order of their names, whatever the order of folders', async () => {
  await using host = await recordingHost();
  await treeOf(host.files.workspace, ['b/x', 'a', 'b.c', 'b/a/y', '.git/config', 'sub/.pc/x', 'debian/hello/usr/x', 'debian/rules']);
  await symlink('a', join(host.files.workspace, 'link'));
  expect(await listTree(host.files.workspace, new Set(['debian/hello']))).toEqual({
    files: ['a', 'b.c', 'b/a/y', 'b/x', 'debian/rules'],
    cut: false,
  });
});

test('a tree that is too large or too deep is listed in part, and that is told', async () => {
  await using host = await recordingHost();
  await treeOf(host.files.workspace, ['a', 'b', 'c/d/e/f']);
  expect(await listTree(host.files.workspace, new Set(), { files: 2, depth: 9 })).toMatchObject({ files: ['a', 'b'], cut: true });
  expect(await listTree(host.files.workspace, new Set(), { files: 9, depth: 2 })).toMatchObject({ files: ['a', 'b'], cut: true });
  expect(await listTree(host.files.workspace, new Set(), { files: 3, depth: 3 })).toMatchObject({ cut: false });
});
