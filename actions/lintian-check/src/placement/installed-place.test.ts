import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { hintOf } from '../hint.test-support.ts';
import { openSourceTree } from '../source-tree.ts';
import { content, installation } from './installed-place.ts';
import { originOf } from './origin.ts';
import { subjectOf } from './subject.ts';

const control = 'Source: x\n\nPackage: x\nArchitecture: any\n\nPackage: x-data\nArchitecture: all\n';

async function treeOf(workspace: string, files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries({ 'debian/control': control, ...files })) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  return openSourceTree(workspace, workspace);
}

const main = { package: 'x', main: true };
const data = { package: 'x-data', main: false };

describe('an installed path', () => {
  test('is the file of debian/ whose name debhelper knows, before any list', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, { 'debian/x.service': '[Unit]\n', 'debian/install': 'x.service lib/systemd/system\n' });
    expect(await originOf({ tree, owner: main }, 'usr/lib/systemd/system/x.service')).toEqual({
      entry: undefined,
      content: 'debian/x.service',
      conventional: true,
    });
  });

  test('is no file that is called as the package and lies in a folder of debian/ for something else', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, { 'debian/lintian/x': 'x: a-tag\n', 'debian/rules': '\tmkdir debian/tmp/var/run/x\n' });
    expect((await originOf({ tree, owner: main }, 'etc/init.d/x')).content).toBeUndefined();
    expect((await originOf({ tree, owner: main }, 'usr/share/lintian/x')).content).toBe('debian/lintian/x');
  });

  test('that is a folder is no file of that name', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, { 'src/share': 'text\n', 'debian/rules': '\tmkdir debian/tmp/usr/local/share\n' });
    const pointer = { path: 'usr/local/share/', index: 'installed', line: undefined } as const;
    const place = await installation(subjectOf(hintOf({ package: 'x', tag: 'dir-in-usr-local', pointer }), tree));
    expect(place).toMatchObject({ path: 'debian/rules', line: 1 });
  });

  test('is found in the lists of its own package only', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, {
      'debian/install': 'a usr/share/x\n',
      'debian/x-data.install': '# data\na usr/share/x\n',
    });
    expect((await originOf({ tree, owner: main }, 'usr/share/x/a')).entry).toMatchObject({ file: 'debian/install', line: 1 });
    expect((await originOf({ tree, owner: data }, 'usr/share/x/a')).entry).toMatchObject({ file: 'debian/x-data.install', line: 2 });
  });

  test('is made where setup.py, Cargo.toml or debian/rules name it', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, {
      'setup.py': "setup(\n  entry_points={'console_scripts': [\n    'tool = pkg.cli:main',\n  ]},\n)\n",
      'Cargo.toml': '[[bin]]\nname = "rusty"\n',
      'debian/rules': '%:\n\tdh $@\n# mv old\n\tmv debian/x/usr/bin/a debian/x/usr/bin/other\n',
    });
    const anchors = await Promise.all(
      ['usr/bin/tool', 'usr/bin/rusty', 'usr/bin/other', 'usr/bin/old', 'usr/bin/setup'].map((path) =>
        installation(subjectOf(hintOf({ package: 'x', pointer: { path, index: 'installed', line: undefined } }), tree)),
      ),
    );
    expect(anchors.map((anchor) => anchor && `${anchor.path}:${anchor.line}`)).toEqual([
      'setup.py:3',
      'Cargo.toml:2',
      'debian/rules:4',
      undefined,
      undefined,
    ]);
  });

  test('that is a folder is there because of the first file put into it', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, {
      'debian/x.install': 'a usr/bin\nb opt/x/y\n',
      'debian/rules': '%:\n\tchmod 0640 usr/share/x\n',
    });
    const place = (path: string) =>
      installation(subjectOf(hintOf({ package: 'x', pointer: { path, index: 'installed', line: undefined } }), tree));
    expect(await place('opt/x/')).toMatchObject({ path: 'debian/x.install', line: 2, exact: true });
    expect(await place('srv/x/')).toBeUndefined();
    expect(await place('usr/share/x/')).toMatchObject({ path: 'debian/rules', line: 2, exact: true });
  });

  test('is found in a list that the build fills in', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, { 'debian/x.install.in': 'a etc\nusr/lib/@StdlibDir@/x\n' });
    expect((await originOf({ tree, owner: main }, 'usr/lib/ocaml/x/y.a')).entry).toMatchObject({ file: 'debian/x.install.in', line: 2 });
  });

  test('of a list that is a program, nothing is known', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, { 'debian/install': '#!/bin/sh\na usr/share/x\n' });
    expect((await originOf({ tree, owner: main }, 'usr/share/x/a')).entry).toBeUndefined();
  });

  test('has the content of the file that the list names, or of the only one of its name', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, {
      'debian/install': 'conf/* etc/x\n',
      'conf/a.conf': 'a\n',
      'other/a.conf': 'b\n',
      'man/x.1': '.TH\n',
      'one/README': '1\n',
      'two/README': '2\n',
    });
    const contentOf = async (path: string) => (await originOf({ tree, owner: main }, path)).content;
    expect(await contentOf('etc/x/a.conf')).toBe('conf/a.conf');
    expect(await contentOf('usr/share/man/man1/x.1.gz')).toBe('man/x.1');
    expect(await contentOf('usr/share/x/README')).toBeUndefined();
    expect(await contentOf('usr/share/doc/two/README')).toBe('two/README');
  });

  test.each(['../../etc/passwd', '/etc/passwd', '', '//', 'a/../../b', 'x'.repeat(10_000)])('%j leads nowhere', async (path) => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, { 'debian/install': 'a usr/bin\n' });
    const subject = subjectOf(hintOf({ package: 'x', pointer: { path, index: 'installed', line: 3 } }), tree);
    expect(await installation(subject)).toBeUndefined();
    expect(await content(subject)).toBeUndefined();
  });

  test('made from another file by the build is that file, roughly', async () => {
    await using host = await recordingHost();
    const tree = await treeOf(host.files.workspace, { 'doc/x.1.md': '# x\n', 'x.service.in': '[Unit]\n' });
    const anchors = await Promise.all(
      ['usr/share/man/man1/x.1.gz', 'lib/systemd/system/x.service'].map((path) =>
        content(subjectOf(hintOf({ package: 'x', pointer: { path, index: 'installed', line: 3 } }), tree)),
      ),
    );
    expect(anchors.map((anchor) => [anchor?.path, anchor?.line, anchor?.exact])).toEqual([
      ['doc/x.1.md', undefined, false],
      ['x.service.in', undefined, false],
    ]);
  });
});
