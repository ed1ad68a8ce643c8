import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { removeAbandoned, unfinishedFolder } from './unfinished-folder.ts';

test('what a killed run left is cleared when the same thing is made again, and nothing stays afterwards', async () => {
  await using host = await recordingHost();
  const folder = host.files.workspace;
  await mkdir(join(folder, 'new-k'));
  await writeFile(join(folder, 'new-k/left'), '');
  {
    await using unfinished = await unfinishedFolder(folder, 'k');
    expect(unfinished.path).toBe(join(folder, 'new-k'));
    expect(await readdir(unfinished.path)).toEqual([]);
  }
  expect(await readdir(folder)).toEqual([]);
});

test('what was left a day ago goes; what is in the making, or finished, stays', async () => {
  await using host = await recordingHost();
  const folder = host.files.workspace;
  for (const name of ['new-old', 'new-young', 'finished']) await mkdir(join(folder, name));
  await utimes(join(folder, 'new-old'), 1, 1);
  await utimes(join(folder, 'finished'), 1, 1);
  await removeAbandoned(folder, Date.now());
  expect((await readdir(folder)).sort()).toEqual(['finished', 'new-young']);
});
