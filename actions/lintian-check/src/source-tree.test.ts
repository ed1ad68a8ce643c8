import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { openSourceTree } from './source-tree.ts';

const control =
  'Source: hello\nMaintainer: A <a@example.org>\n\nPackage: hello\nArchitecture: any\nDescription: a\n\nPackage: hello-data\nArchitecture: all\nDescription: b\n';

async function sample(workspace: string): Promise<string> {
  const root = join(workspace, 'pkg');
  await mkdir(join(root, 'debian'), { recursive: true });
  await writeFile(join(root, 'debian/control'), control);
  await writeFile(join(root, 'debian/postinst'), '#!/bin/sh\nset -e\n#DEBHELPER#\nexit 0\n');
  await writeFile(join(root, 'debian/install'), '# opt/x is old\nnotes.txt opt/x\n');
  await writeFile(join(workspace, 'secret'), 'secret\n');
  await symlink('../../secret', join(root, 'debian/link'));
  await symlink('control', join(root, 'debian/inner'));
  return root;
}

describe('a source tree', () => {
  test('knows the line of each package', async () => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    expect([...tree.stanzas]).toEqual([
      ['hello', 4],
      ['hello-data', 8],
    ]);
    expect(tree.problem).toBeUndefined();
  });

  test('gives the first candidate that exists, relative to the workspace', async () => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    expect(
      await tree.locate([
        { path: 'debian/nothing', reason: 'r' },
        { path: 'debian/control', line: 8, reason: 'r' },
      ]),
    ).toMatchObject({
      shown: 'debian/control:8',
      place: { file: 'pkg/debian/control', line: 8 },
    });
    expect(await tree.locate([{ path: 'debian/inner', line: 1, reason: 'r' }])).toMatchObject({
      place: { file: 'pkg/debian/inner', line: 1 },
    });
  });

  test.each([
    '../secret',
    '../../etc/passwd',
    '/etc/passwd',
    'debian/../../secret',
    'debian/link',
    'debian',
    'debian/con\u001btrol',
    '',
    'debian//control',
    `${'a/'.repeat(3000)}b`,
  ])('never leads to %j', async (path) => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    expect(await tree.locate([{ path, line: 1, reason: 'r' }])).toBeUndefined();
  });

  test('drops a line that the file does not have, or that debhelper has moved', async () => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    const shown = async (line: number, generated: boolean) =>
      (await tree.locate([{ path: 'debian/postinst', line, ...(generated ? { generated: true } : {}), reason: 'r' }]))?.shown;
    expect(await shown(2, true)).toBe('debian/postinst:2');
    expect(await shown(4, true)).toBe('debian/postinst');
    expect(await shown(4, false)).toBe('debian/postinst:4');
    expect(await shown(5, false)).toBe('debian/postinst');
  });

  test('finds the line that holds a text, comments left out', async () => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    expect((await tree.locate([{ path: 'debian/install', holding: 'opt/x', reason: 'r' }]))?.shown).toBe('debian/install:2');
    expect(await tree.locate([{ path: 'debian/install', holding: 'opt/y', reason: 'r' }])).toBeUndefined();
  });

  test('outside the workspace, places have no file for annotations', async () => {
    await using host = await recordingHost();
    await using other = await recordingHost();
    const tree = await openSourceTree(await sample(other.files.workspace), host.files.workspace);
    expect(await tree.locate([{ path: 'debian/control', line: 1, reason: 'r' }])).toMatchObject({
      shown: 'debian/control:1',
      place: undefined,
    });
  });

  test('a broken debian/control makes places coarser and is told; a tree without one is fine', async () => {
    await using host = await recordingHost();
    const root = await sample(host.files.workspace);
    await writeFile(join(root, 'debian/control'), 'no colon\n');
    const tree = await openSourceTree(root, host.files.workspace);
    expect(tree.stanzas.size).toBe(0);
    expect(tree.problem).toMatch(/\w/);
    const empty = await openSourceTree(host.files.workspace, host.files.workspace);
    expect([empty.stanzas.size, empty.problem]).toEqual([0, undefined]);
  });
});
