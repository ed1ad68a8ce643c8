import { lstat, mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { raiseTimes } from './file-times.ts';

test('older files, folders and links get the time, newer ones keep theirs, and links are not followed', async () => {
  await using host = await recordingHost();
  const folder = join(host.files.workspace, 'tree');
  const outside = join(host.files.workspace, 'outside');
  await mkdir(join(folder, 'src'), { recursive: true });
  for (const file of [outside, join(folder, 'src/old'), join(folder, 'src/new')]) await writeFile(file, '');
  await symlink(outside, join(folder, 'link'));
  await utimes(join(folder, 'src/old'), 1000, 1000);
  await utimes(outside, 1000, 1000);
  await utimes(join(folder, 'src/new'), 4_000_000_000, 4_000_000_000);
  await utimes(join(folder, 'src'), 1000, 1000);

  const later = 3_000_000_000;
  await raiseTimes(folder, later);
  const seconds = async (path: string) => (await lstat(path)).mtimeMs / 1000;
  expect(await seconds(join(folder, 'src/old'))).toBe(later);
  expect(await seconds(join(folder, 'src'))).toBe(later);
  expect(await seconds(join(folder, 'link'))).toBe(later);
  expect(await seconds(join(folder, 'src/new'))).toBe(4_000_000_000);
  expect(await seconds(outside)).toBe(1000);
});
