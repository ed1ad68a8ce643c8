import { createHash } from 'node:crypto';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { copySourcePackage } from './source-package.ts';

const sum = (kind: string, text: string) => createHash(kind).update(text).digest('hex');
const dscOf = (text: string, size = text.length) => `Format: 3.0 (native)
Source: xx
Binary: xx
Architecture: any
Version: 1.0
Maintainer: A B <a@b.example>
Checksums-Sha256:
 ${sum('sha256', text)} ${size} xx_1.0.tar.xz
Files:
 ${sum('md5', text)} ${size} xx_1.0.tar.xz
`;

test('all files of a source package are copied when they are what the .dsc lists', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  const to = join(workspace, 'to');
  await mkdir(to);
  await writeFile(join(workspace, 'xx.dsc'), dscOf('content'));
  await writeFile(join(workspace, 'xx_1.0.tar.xz'), 'content');
  expect(await copySourcePackage(join(workspace, 'xx.dsc'), to)).toEqual({
    package: 'xx',
    version: '1.0',
    files: ['xx.dsc', 'xx_1.0.tar.xz'],
  });
  expect((await readdir(to)).sort()).toEqual(['xx.dsc', 'xx_1.0.tar.xz']);
});

test.each([
  ['other bytes', dscOf('contenT')],
  ['another size', dscOf('content', 8)],
])('%s are refused', async (_, dsc) => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  await writeFile(join(workspace, 'xx.dsc'), dsc);
  await writeFile(join(workspace, 'xx_1.0.tar.xz'), 'content');
  await expect(copySourcePackage(join(workspace, 'xx.dsc'), join(workspace, '..'))).rejects.toThrowWithCode('E_DIGEST', /xx_1\.0\.tar\.xz/);
});

test('a listed file that is missing or a link is refused', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  await writeFile(join(workspace, 'xx.dsc'), dscOf('content'));
  await expect(copySourcePackage(join(workspace, 'xx.dsc'), workspace)).rejects.toThrowWithCode('E_SOURCE', /not beside it/);
  await symlink('/etc/hostname', join(workspace, 'xx_1.0.tar.xz'));
  await expect(copySourcePackage(join(workspace, 'xx.dsc'), workspace)).rejects.toThrowWithCode('E_SOURCE', /not beside it/);
});
