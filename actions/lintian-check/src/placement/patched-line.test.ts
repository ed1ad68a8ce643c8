import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { openSourceTree } from '../source-tree.ts';
import { unpatchedLine } from './patched-line.ts';

const files: Readonly<Record<string, string>> = {
  'debian/source/format': '3.0 (quilt)\n',
  'debian/patches/series': 'one.patch\ntwo.patch\n',
  // One context line each; the second counts the lines that the first has added.
  'debian/patches/one.patch':
    '--- a/a.c\n+++ b/a.c\n@@ -2,2 +2,3 @@\n b\n+new\n c\n--- /dev/null\n+++ b/fresh.c\n@@ -0,0 +1,2 @@\n+x\n+y\n',
  'debian/patches/two.patch': '--- a/a.c\n+++ b/a.c\n@@ -4,3 +4,2 @@\n c\n-d\n e\n',
  'a.c': 'a\nb\nc\nd\ne\nf\n',
};

async function placesIn(workspace: string, changes: Readonly<Record<string, string | undefined>> = {}) {
  for (const [path, text] of Object.entries({ ...files, ...changes })) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await (text === undefined ? rm(join(workspace, path)) : writeFile(join(workspace, path), text));
  }
  const tree = await openSourceTree(workspace, workspace);
  return async (path: string, line?: number) => {
    const anchor = await unpatchedLine(tree, path, line);
    return anchor === undefined ? undefined : `${anchor.path}:${anchor.line}${anchor.exact ? '' : ' roughly'}`;
  };
}

test('a line of a patched file is one of the file, or one of the patch that adds it', async () => {
  await using host = await recordingHost();
  const place = await placesIn(host.files.workspace);
  // a b new c e f
  const all = await Promise.all([1, 2, 3, 4, 5, 6].map((line) => place('a.c', line)));
  expect(all).toEqual(['a.c:1', 'a.c:2', 'debian/patches/one.patch:5', 'a.c:3', 'a.c:5', 'a.c:6']);
  expect(await place('a.c', 7)).toBeUndefined();
  expect(await place('fresh.c', 2)).toBe('debian/patches/one.patch:11');
  expect(await place('fresh.c')).toBe('debian/patches/one.patch:8');
  expect(await place('b.c', 1)).toBeUndefined();
});

test('patches that are applied already change nothing', async () => {
  await using host = await recordingHost();
  const place = await placesIn(host.files.workspace, { 'a.c': 'a\nb\nnew\nc\ne\nf\n', 'fresh.c': 'x\ny\n' });
  expect(await place('a.c', 5)).toBe('a.c:5');
  expect(await place('fresh.c', 2)).toBe('fresh.c:2');
  expect(await place('fresh.c')).toBeUndefined();
});

test('other formats of source leave patches alone', async () => {
  await using host = await recordingHost();
  const place = await placesIn(host.files.workspace, { 'debian/source/format': '3.0 (native)\n' });
  expect(await place('a.c', 3)).toBeUndefined();
});

test('hunks that have moved are found, and where one does not fit the place is rough', async () => {
  await using host = await recordingHost();
  expect(await (await placesIn(host.files.workspace, { 'a.c': `${'0\n'.repeat(20)}a\nb\nc\nd\ne\nf\n` }))('a.c', 23)).toBe(
    'debian/patches/one.patch:5',
  );
  expect(await (await placesIn(host.files.workspace, { 'a.c': 'quite\nanother\n' }))('a.c', 2)).toBe('a.c:2 roughly');
});
