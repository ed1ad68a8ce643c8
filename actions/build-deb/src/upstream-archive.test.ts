import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { upstreamArchives } from './upstream-archive.ts';

test('upstream archives are found beside the tree, by name and upstream version, without the epoch', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  const folder = join(workspace, 'xx');
  await mkdir(folder);
  for (const name of [
    'xx_1.0.orig.tar.xz',
    'xx_1.0.orig.tar.xz.asc',
    'xx_1.0.orig-docs.tar.gz',
    'xx_1.0.1.orig.tar.xz',
    'xxx_1.0.orig.tar.xz',
    'xx_1.0.origami',
    'xx_1.0.orig.tar.xz.part',
  ])
    await writeFile(join(workspace, name), '');
  expect(await upstreamArchives(folder, 'xx', '1:1.0-3')).toEqual(
    ['xx_1.0.orig-docs.tar.gz', 'xx_1.0.orig.tar.xz', 'xx_1.0.orig.tar.xz.asc'].map((name) => join(workspace, name)),
  );
  await expect(upstreamArchives(folder, 'xx', '2.0-1')).rejects.toThrowWithCode('E_SOURCE', /xx_2\.0\.orig\.tar/);
});

test('a link to a file beside it is an archive, as uscan makes it; one out of the folder would show a file of the host to the build', async () => {
  await using host = await recordingHost();
  const folder = join(host.files.workspace, 'sources', 'xx');
  await mkdir(folder, { recursive: true });
  const beside = join(folder, '..');
  await writeFile(join(beside, 'xx-1.0.tar.gz'), '');
  await symlink('xx-1.0.tar.gz', join(beside, 'xx_1.0.orig.tar.gz'));
  expect(await upstreamArchives(folder, 'xx', '1.0-1')).toEqual([join(beside, 'xx_1.0.orig.tar.gz')]);
  await symlink('/etc/passwd', join(beside, 'xx_2.0.orig.tar.gz'));
  await expect(upstreamArchives(folder, 'xx', '2.0-1')).rejects.toThrowWithCode(
    'E_SOURCE',
    /^xx_2\.0\.orig\.tar\.gz beside the folder is no file, or a link/,
  );
  await mkdir(join(beside, 'xx_3.0.orig.tar.gz'));
  await expect(upstreamArchives(folder, 'xx', '3.0-1')).rejects.toThrowWithCode('E_SOURCE', /^xx_3\.0/);
});
