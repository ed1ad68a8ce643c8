import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { refuseMountPoint } from './mount-point.ts';
import { recordingHost } from './recording-host.ts';

test('what something is mounted on is refused, by whatever name; an ordinary folder and none at all are not', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  await expect(refuseMountPoint('/proc')).rejects.toThrowWithCode(
    'E_PATH',
    /^proc cannot be replaced as a whole: a disk or a volume is mounted/,
  );
  await symlink('/proc', join(workspace, 'out'));
  await expect(refuseMountPoint(join(workspace, 'out'))).rejects.toThrowWithCode('E_PATH', /^out cannot be replaced/);
  await refuseMountPoint(workspace);
  await refuseMountPoint(join(workspace, 'missing'));
});
