import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { type Anchor, openSourceTree } from './source-tree.ts';

const control =
  'Source: hello\nMaintainer: A <a@example.org>\n\nPackage: hello\nArchitecture: any\nDescription: a\n\nPackage: hello-data\nArchitecture: all\nDescription: b\n';

async function sample(workspace: string): Promise<string> {
  const root = join(workspace, 'pkg');
  const files: Readonly<Record<string, string>> = {
    'debian/control': control,
    'debian/install': 'notes.txt opt/x\n',
    'debian/hello/usr/bin/built': 'built\n',
    'src/main.c': 'int main(void)\n{ puts("recieve this"); }\n',
    'src/other/main.c': '/* recieved */\n',
    'src/po/de.po': 'msgid "recieve this"\n',
    '.git/config': 'recieve\n',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await writeFile(join(workspace, 'secret'), 'secret\n');
  await symlink('../../secret', join(root, 'debian/link'));
  await symlink('../..', join(root, 'src/up'));
  await symlink('control', join(root, 'debian/inner'));
  return root;
}

const anchor = (path: string, line?: number): Anchor => ({ path, line, exact: true, reason: 'a reason' });

describe('a source tree', () => {
  test('knows the packages and files; not those of git, of a build, or behind links', async () => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    expect(tree.packages).toEqual(['hello', 'hello-data']);
    expect(tree.problem).toBeUndefined();
    expect(tree.files).toEqual(['debian/control', 'debian/install', 'src/main.c', 'src/other/main.c', 'src/po/de.po']);
    expect(tree.named('main.c')).toEqual(['src/main.c', 'src/other/main.c']);
    expect(tree.named('built')).toEqual([]);
  });

  test('gives places relative to the workspace, of a link that of its file', async () => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    const place = { file: 'pkg/debian/control', line: 8 };
    expect(await tree.locate(anchor('debian/control', 8))).toEqual({
      shown: 'debian/control:8',
      place,
      exact: true,
      reason: 'a reason',
    });
    expect(await tree.locate(anchor('debian/inner', 8))).toMatchObject({ shown: 'debian/control:8', place });
  });

  test.each([
    '../secret',
    '../../etc/passwd',
    '/etc/passwd',
    'debian/../../secret',
    'debian/link',
    'src/up/secret',
    'debian',
    'debian/con\u001btrol',
    '',
    'debian//control',
    `${'a/'.repeat(3000)}b`,
  ])('never leads to %j', async (path) => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    expect(await tree.locate(anchor(path, 1))).toBeUndefined();
    expect(await tree.lines(path)).toBeUndefined();
  });

  test('a line that the file does not have is dropped, and the place is no longer exact', async () => {
    await using host = await recordingHost();
    const tree = await openSourceTree(await sample(host.files.workspace), host.files.workspace);
    expect(await tree.locate(anchor('debian/install', 1))).toMatchObject({ shown: 'debian/install:1', exact: true });
    expect(await tree.locate(anchor('debian/install', 2))).toMatchObject({ shown: 'debian/install', exact: false });
    expect(await tree.locate(anchor('debian/install', 0))).toMatchObject({ shown: 'debian/install', exact: false });
    expect(await tree.locate(anchor('debian/install'))).toMatchObject({ shown: 'debian/install', exact: true });
  });

  test('a file too large to be read is a place without lines', async () => {
    await using host = await recordingHost();
    const root = await sample(host.files.workspace);
    await writeFile(join(root, 'big'), '');
    await truncate(join(root, 'big'), 2 ** 33);
    const tree = await openSourceTree(root, host.files.workspace);
    expect(await tree.lines('big')).toBeUndefined();
    expect(await tree.locate(anchor('big', 3))).toMatchObject({ shown: 'big', exact: false });
  });

  test('finds whole words in its text files, in the order of their paths', async () => {
    await using host = await recordingHost();
    const root = await sample(host.files.workspace);
    await writeFile(join(root, 'binary'), 'recieve\0recieve');
    const tree = await openSourceTree(root, host.files.workspace);
    expect(await tree.occurrences('recieve', 10)).toEqual([
      { path: 'src/main.c', line: 2 },
      { path: 'src/po/de.po', line: 1 },
    ]);
    expect(await tree.occurrences('recieve', 1)).toHaveLength(1);
    expect(await tree.occurrences('recieve this', 10)).toHaveLength(2);
    expect(await tree.occurrences('\n', 10)).toEqual([]);
    expect(await tree.occurrences('', 10)).toEqual([]);
  });

  test('outside the workspace, places have no file for annotations', async () => {
    await using host = await recordingHost();
    await using other = await recordingHost();
    const tree = await openSourceTree(await sample(other.files.workspace), host.files.workspace);
    expect(await tree.locate(anchor('debian/control', 1))).toMatchObject({ shown: 'debian/control:1', place: undefined });
  });

  test('a broken debian/control is told, and what can be read of it counts; a tree without one is fine', async () => {
    await using host = await recordingHost();
    const root = await sample(host.files.workspace);
    await writeFile(join(root, 'debian/control'), 'no colon\nSource: x\n\nPackage: y\n');
    const tree = await openSourceTree(root, host.files.workspace);
    expect(tree.packages).toEqual(['y']);
    expect(tree.problem).toMatch(/\w/);
    const empty = await openSourceTree(host.files.workspace, host.files.workspace);
    expect([empty.packages, empty.problem]).toEqual([[], undefined]);
  });
});
