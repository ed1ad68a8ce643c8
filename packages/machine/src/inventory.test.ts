import { chmod, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { inventoryOf, isUnchanged } from './inventory.ts';

/** A folder with a file, a folder below and a link, and what was recorded of it. */
async function recordedFolder() {
  const host = await recordingHost();
  const folder = join(host.files.workspace, 'root');
  await mkdir(join(folder, 'sub'), { recursive: true });
  const file = join(folder, 'sub/file\nwith a line');
  await writeFile(file, 'some text');
  await utimes(file, 1, 1);
  await symlink('file', join(folder, 'sub/link'));
  return { host, folder, file, recorded: await inventoryOf(host, folder) };
}

type Recorded = Awaited<ReturnType<typeof recordedFolder>>;

describe('a folder in the cache', () => {
  test('is the same when it was read, looked at, and moved by its name', async () => {
    const { host, folder, recorded } = await recordedFolder();
    await using _ = host;
    await rename(folder, `${folder}-final`);
    await host.exec(['grep', '-r', 'text', `${folder}-final`], { cwd: '/' });
    expect(await isUnchanged(host, `${folder}-final`, recorded)).toBe(true);
  });

  test.each<[string, (ground: Recorded) => Promise<unknown>]>([
    ['a file is gone', ({ file }) => rm(file)],
    ['one was put in', ({ folder }) => writeFile(join(folder, 'more'), '')],
    ['one was cut short', ({ file }) => writeFile(file, 'some')],
    ['a mode was changed', ({ file }) => chmod(file, 0o600)],
    ['a folder was closed', ({ folder }) => chmod(join(folder, 'sub'), 0o700)],
    ['a byte was changed', ({ file }) => writeFile(file, 'same text')],
    ['a byte was changed and the time set again', changeSilently],
  ])('is another when %s', async (_, change) => {
    const ground = await recordedFolder();
    await using host = ground.host;
    await change(ground);
    expect(await isUnchanged(host, ground.folder, ground.recorded)).toBe(false);
  });

  test('of an older record, which has no stamp, is judged by the rest', async () => {
    const ground = await recordedFolder();
    await using host = ground.host;
    await changeSilently(ground);
    expect(await isUnchanged(host, ground.folder, { ...ground.recorded, stamp: undefined })).toBe(true);
  });
});

/** As whoever hides a change does it: same size, same time. */
async function changeSilently({ host, folder, file }: Recorded): Promise<void> {
  // The kernel's clock for files ticks every few milliseconds.
  const before = (await inventoryOf(host, folder)).stamp;
  for (let tries = 0; tries < 50; tries += 1) {
    await writeFile(file, 'same text');
    await utimes(file, 1, 1);
    if ((await inventoryOf(host, folder)).stamp !== before) return;
  }
  throw new Error('the stamp stays the same, however often the file is written');
}
