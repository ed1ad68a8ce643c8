import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { candidatesOf, placeOf } from './source-place.ts';

async function sample(workspace: string): Promise<string> {
  const root = join(workspace, 'pkg');
  await mkdir(join(root, 'debian'), { recursive: true });
  await writeFile(
    join(root, 'debian/control'),
    'Source: hello\nMaintainer: A <a@example.org>\n\nPackage: hello\nArchitecture: any\nDescription: a\n',
  );
  await writeFile(join(root, 'debian/hello.service'), '[Unit]\nDescription=x\n\n[Service]\nUser=nobody\nExecStart=/usr/sbin/hello\n');
  await writeFile(join(root, 'debian/postinst'), '#!/bin/sh\n# makes /var/lib/hello\nmkdir /var/lib/hello\n');
  await symlink('/etc/passwd', join(root, 'debian/hello.socket'));
  return root;
}

describe('placeOf', () => {
  test('a unit is at the setting at fault, else at its program', async () => {
    await using host = await recordingHost();
    const root = await sample(host.files.workspace);
    const unit = { kind: 'unit', unit: 'hello.service' } as const;
    expect(await placeOf({ ...unit, setting: 'User' }, root, host.files.workspace)).toEqual({ file: 'pkg/debian/hello.service', line: 5 });
    expect(await placeOf({ ...unit, setting: 'Group' }, root, host.files.workspace)).toEqual({ file: 'pkg/debian/hello.service', line: 6 });
    expect(await placeOf(unit, root, host.files.workspace)).toEqual({ file: 'pkg/debian/hello.service', line: 6 });
  });

  test('a maintainer script of the first package may have no prefix', async () => {
    await using host = await recordingHost();
    const root = await sample(host.files.workspace);
    expect(await placeOf({ kind: 'script', package: 'hello', name: 'postinst' }, root, host.files.workspace)).toEqual({
      file: 'pkg/debian/postinst',
      line: 1,
    });
    expect(await placeOf({ kind: 'script', package: 'other', name: 'postinst' }, root, host.files.workspace)).toBeUndefined();
  });

  test('a path is at the line of the script that speaks of it, comments left out', async () => {
    await using host = await recordingHost();
    const root = await sample(host.files.workspace);
    expect(await placeOf({ kind: 'path', path: '/var/lib/hello' }, root, host.files.workspace)).toEqual({
      file: 'pkg/debian/postinst',
      line: 3,
    });
    expect(await placeOf({ kind: 'path', path: '/var/lib/other' }, root, host.files.workspace)).toBeUndefined();
  });

  test('nothing outside the tree is named', async () => {
    await using host = await recordingHost();
    await using other = await recordingHost();
    const root = await sample(host.files.workspace);
    for (const unit of ['hello.socket', '../../secret.service', 'a\0b.service']) {
      expect(await placeOf({ kind: 'unit', unit }, root, host.files.workspace)).toBeUndefined();
    }
    expect(await placeOf({ kind: 'unit', unit: 'hello.service' }, root, other.files.workspace)).toBeUndefined();
  });

  test('a debian/control that is missing or broken leaves guesses without a package', async () => {
    await using host = await recordingHost();
    const root = await sample(host.files.workspace);
    await writeFile(join(root, 'debian/control'), 'broken\n');
    expect(await placeOf({ kind: 'unit', unit: 'hello.service' }, root, host.files.workspace)).toMatchObject({
      file: 'pkg/debian/hello.service',
    });
    expect(await placeOf({ kind: 'path', path: '/x' }, host.files.workspace, host.files.workspace)).toBeUndefined();
  });
});

test('a unit comes from a file named after it, and after its package where both have one name', () => {
  expect(candidatesOf({ kind: 'unit', unit: 'd.service' }, ['a', 'b'])).toEqual([
    'debian/a.d.service',
    'debian/b.d.service',
    'debian/d.service',
  ]);
  expect(candidatesOf({ kind: 'unit', unit: 'a.service' }, ['a'])).toEqual([
    'debian/a.a.service',
    'debian/a.service',
    'debian/a.service',
    'debian/service',
  ]);
});
