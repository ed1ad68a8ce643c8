import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { emptySubmodules } from './empty-submodules.ts';

const modules = (...paths: readonly string[]) => paths.map((path) => `[submodule "${path}"]\n\tpath = ${path}\n\turl = ../x\n`).join('');

test('submodules of the tree whose folders are empty are found, from a folder above as well', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  for (const folder of ['pkg/empty', 'pkg/full', 'beside']) await mkdir(join(workspace, folder), { recursive: true });
  await writeFile(join(workspace, 'pkg/full/a.c'), '');
  await writeFile(join(workspace, '.gitmodules'), modules('pkg/empty', 'pkg/full', 'pkg/gone', 'beside', '../outside'));
  expect(await emptySubmodules(join(workspace, 'pkg'), workspace)).toEqual(['empty']);
  expect(await emptySubmodules(workspace, workspace)).toEqual(['beside', 'pkg/empty']);
});

test('a tree without .gitmodules has none', async () => {
  await using host = await recordingHost();
  expect(await emptySubmodules(host.files.workspace, host.files.workspace)).toEqual([]);
});
