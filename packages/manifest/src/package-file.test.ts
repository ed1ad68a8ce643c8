import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { checkPackageFile } from './index.ts';

const member = (name: string, size: number): string =>
  `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${String(size).padEnd(10)}\`\n`;

test('a package of more gigabytes than Node reads at once is checked, and its end as well', async () => {
  await using host = await recordingHost();
  const path = join(host.files.workspace, 'large_1_all.deb');
  const head = `!<arch>\n${member('debian-binary', 4)}2.0\n${member('control.tar', 0)}${member('data.tar', 3 * 2 ** 30)}`;
  await using file = await open(path, 'wx');
  await file.writeFile(head);
  // No block of it is on the disk.
  await file.truncate(head.length + 3 * 2 ** 30);
  await checkPackageFile(path);
  await file.truncate(head.length + 3 * 2 ** 30 - 1);
  await expect(checkPackageFile(path)).rejects.toThrowWithCode('E_DEB', /data\.tar" is cut off/);
});
