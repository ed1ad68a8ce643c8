import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { lookAtSource, readFacts, shownPath } from './source.ts';

const changelog = (version: string, name = 'hello') =>
  `${name} (${version}) unstable; urgency=low\n\n  * Change.\n\n -- A B <a@b.example>  Thu, 15 Jan 2026 12:00:00 +0000\n`;
const control = 'Source: hello\nMaintainer: A B <a@b.example>\n\nPackage: hello\nArchitecture: any\n';

const rules = '#!/usr/bin/make -f\n%:\n\tdh $@\n';

async function tree(workspace: string, texts: { control?: string; changelog?: string; rules?: string }): Promise<string> {
  const folder = join(workspace, 'tree');
  await mkdir(join(folder, 'debian/source'), { recursive: true });
  if (texts.control !== undefined) await writeFile(join(folder, 'debian/control'), texts.control);
  if (texts.changelog !== undefined) await writeFile(join(folder, 'debian/changelog'), texts.changelog);
  if (texts.rules !== undefined) await writeFile(join(folder, 'debian/rules'), texts.rules);
  return folder;
}

describe('lookAtSource', () => {
  test('reads a tree', async () => {
    await using host = await recordingHost();
    const { workspace } = host.files;
    const folder = await tree(workspace, { control, changelog: changelog('1.0-1'), rules });
    const source = await lookAtSource(folder, workspace);
    expect(source).toMatchObject({
      kind: 'tree',
      folder,
      facts: { package: 'hello', native: false, files: { changelog: 'tree/debian/changelog', control: 'tree/debian/control' } },
    });
    await writeFile(join(folder, 'debian/source/format'), '3.0 (native)\n');
    expect(await lookAtSource(folder, workspace)).toMatchObject({ facts: { native: true } });
  });

  test('a .dsc is a source package', async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'x.dsc');
    await writeFile(file, '');
    expect(await lookAtSource(file, host.files.workspace)).toEqual({ kind: 'dsc', file });
  });

  test.each([
    [{ control }, /no debian\/changelog/],
    [{ changelog: changelog('1.0') }, /no debian\/control/],
  ])('a tree without one of the two files is no source', async (texts, message) => {
    await using host = await recordingHost();
    await expect(lookAtSource(await tree(host.files.workspace, texts), host.files.workspace)).rejects.toThrowWithCode('E_SOURCE', message);
  });

  test('a debian/rules that is missing, or that Windows wrote, is told before anything is built', async () => {
    await using host = await recordingHost();
    const { workspace } = host.files;
    const folder = await tree(workspace, { control, changelog: changelog('1.0') });
    await expect(lookAtSource(folder, workspace)).rejects.toThrowWithCode('E_SOURCE', /tree has no debian\/rules, the makefile/);
    await tree(workspace, { rules: rules.replace('%:\n', '%:\r\n') });
    await expect(lookAtSource(folder, workspace)).rejects.toMatchObject({
      code: 'E_SOURCE',
      place: { file: 'tree/debian/rules', line: 2 },
    });
    await tree(workspace, { rules });
    expect(await lookAtSource(folder, workspace)).toMatchObject({ kind: 'tree' });
  });

  test('a debian/control that is a link is refused, and so is any other file', async () => {
    await using host = await recordingHost();
    const folder = await tree(host.files.workspace, { changelog: changelog('1.0') });
    await symlink('/etc/hostname', join(folder, 'debian/control'));
    await expect(lookAtSource(folder, host.files.workspace)).rejects.toThrowWithCode('E_SOURCE', /regular file/);
    await expect(lookAtSource(join(folder, 'debian/changelog'), host.files.workspace)).rejects.toThrowWithCode('E_SOURCE', /neither/);
    await expect(lookAtSource(join(folder, 'nowhere'), host.files.workspace)).rejects.toThrowWithCode('E_SOURCE', /neither/);
  });
});

describe('readFacts', () => {
  test('control and changelog must name the same source package', () => {
    expect(() => readFacts({ control, changelog: changelog('1.0', 'other'), format: '' }, 'debian')).toThrowWithCode(
      'E_CHANGELOG',
      /of other, but debian\/control is of hello/,
    );
  });

  test.each([
    ['3.0 (native)', '1.0-1', true],
    ['3.0 (quilt)', '1.0', false],
    ['1.0', '1.0', true],
    ['', '1.0', true],
    ['', '1.0-1', false],
  ])('format %j and version %s: native %s', (format, version, native) => {
    expect(readFacts({ control, changelog: changelog(version), format }, 'debian').native).toBe(native);
  });
});

test.each([
  ['/w', '.'],
  ['/w/a/b', 'a/b'],
  ['/other/b', 'b'],
])('%s is shown as %s', (path, shown) => {
  expect(shownPath(path, '/w')).toBe(shown);
});
