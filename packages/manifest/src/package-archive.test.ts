import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { digestFile } from './digest.ts';
import { packFiles, unpackFiles } from './package-archive.ts';

const time = 1_700_000_000;
const long = `${'a'.repeat(240)}.deb`;

/** A folder with files of awkward sizes, one of them executable. */
async function samples(host: RecordingHost): Promise<string> {
  const folder = join(host.files.workspace, 'files');
  await mkdir(folder);
  for (const [name, size] of [
    ['b_1_all.deb', 0],
    ['a_1_all.deb', 511],
    ['c_1_all.deb', 512],
    ['d_1_all.deb', 1_300_000],
    [long, 3],
  ] as const)
    await writeFile(join(folder, name), Buffer.alloc(size, 'x'));
  await chmod(join(folder, 'c_1_all.deb'), 0o755);
  return folder;
}

describe('what is packed', () => {
  test('GNU tar lists it as we meant it, and takes out the same bytes', async () => {
    await using host = await recordingHost();
    const folder = await samples(host);
    const archive = join(host.files.workspace, 'packages.tar');
    const names = await readdir(folder);
    await packFiles(archive, folder, names, time);
    const { stdout } = await host.exec(['tar', '--list', '--verbose', '--numeric-owner', '--utc', '--file', archive]);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.replace(/ +/g, ' ')),
    ).toEqual([
      '-rw-r--r-- 0/0 511 2023-11-14 22:13 a_1_all.deb',
      `-rw-r--r-- 0/0 3 2023-11-14 22:13 ${long}`,
      '-rw-r--r-- 0/0 0 2023-11-14 22:13 b_1_all.deb',
      '-rwxr-xr-x 0/0 512 2023-11-14 22:13 c_1_all.deb',
      '-rw-r--r-- 0/0 1300000 2023-11-14 22:13 d_1_all.deb',
    ]);
    await expect(host.exec(['tar', '--compare', '--file', archive, '--directory', folder], { allow: 'any' })).resolves.toMatchObject({
      stdout: expect.not.stringMatching(/Contents|Size|Mode/),
    });
  });

  test('is the same bytes whatever the order, the times and the mask', async () => {
    await using host = await recordingHost();
    const folder = await samples(host);
    const names = await readdir(folder);
    const [first, second] = [join(host.files.workspace, '1.tar'), join(host.files.workspace, '2.tar')];
    await packFiles(first, folder, names, time);
    await chmod(join(folder, 'a_1_all.deb'), 0o600);
    await host.exec(['touch', '--date=@1', join(folder, 'b_1_all.deb')]);
    await packFiles(second, folder, names.toReversed(), time);
    expect(await digestFile(second)).toEqual(await digestFile(first));
  });

  test('comes out as it went in: bytes, modes and time', async () => {
    await using host = await recordingHost();
    const folder = await samples(host);
    const archive = join(host.files.workspace, 'packages.tar');
    await packFiles(archive, folder, await readdir(folder), time);
    const out = join(host.files.workspace, 'out');
    await mkdir(out);
    expect([...(await unpackFiles(archive, out))].sort()).toEqual((await readdir(folder)).sort());
    for (const name of await readdir(folder)) expect(await digestFile(join(out, name))).toEqual(await digestFile(join(folder, name)));
    const { mode, mtimeMs } = await stat(join(out, 'c_1_all.deb'));
    expect([mode & 0o777, mtimeMs]).toEqual([0o755, time * 1000]);
  });

  test('no link, and no name with a folder', async () => {
    await using host = await recordingHost();
    const { workspace } = host.files;
    await symlink('/etc/passwd', join(workspace, 'link.deb'));
    await expect(packFiles(join(workspace, '1.tar'), workspace, ['link.deb'], time)).rejects.toThrowWithCode('E_MANIFEST', /regular/);
    await expect(packFiles(join(workspace, '2.tar'), workspace, ['../x.deb'], time)).rejects.toThrowWithCode('E_NAME', /plain/);
  });
});

describe('an archive from a stranger', () => {
  /** Made by GNU tar in a folder with: file, link, hard link, folder, pipe. */
  async function strange(host: RecordingHost, ...options: readonly string[]): Promise<string> {
    const { workspace } = host.files;
    await writeFile(join(workspace, 'file'), 'abc');
    await symlink('/etc/passwd', join(workspace, 'link'));
    await mkdir(join(workspace, 'folder'));
    await writeFile(join(workspace, 'folder', 'inner'), 'abc');
    await host.exec(['ln', 'file', 'hard']);
    await host.exec(['mkfifo', 'pipe']);
    await host.exec(['tar', '--create', '--file', 'strange.tar', ...options]);
    await mkdir(join(workspace, 'out'));
    return join(workspace, 'strange.tar');
  }

  test.each([
    [['link'], /"link" in it is no regular file/],
    [['file', 'hard'], /"hard" in it is no regular file/],
    [['folder'], /"folder\/" in it is no regular file/],
    [['pipe'], /"pipe" in it is no regular file/],
    [['folder/inner'], /"folder\/inner" in it is not a plain file name/],
    [['--transform=s,^,../,', 'file'], /"\.\.\/file" in it is not a plain file name/],
    [['--absolute-names', '--transform=s,^,/tmp/,', 'file'], /"\/tmp\/file" in it is not a plain file name/],
    [['file', 'file', '--hard-dereference'], /it holds file twice/],
    [['--format=pax', '--pax-option=comment=x', 'file'], /is no regular file|says more than a path/],
    [['--gzip', 'file'], /damaged, or no tar archive|cut off/],
  ])('made with %j is refused, and nothing is written outside', async (options, message) => {
    await using host = await recordingHost();
    const archive = await strange(host, ...options);
    await expect(unpackFiles(archive, join(host.files.workspace, 'out'))).rejects.toThrowWithCode('E_MANIFEST', message);
    expect(await readdir(host.files.workspace)).toEqual(['file', 'folder', 'hard', 'link', 'out', 'pipe', 'strange.tar']);
  });

  test('made by GNU tar of plain files is taken', async () => {
    await using host = await recordingHost();
    const archive = await strange(host, '--format=ustar', 'file');
    expect(await unpackFiles(archive, join(host.files.workspace, 'out'))).toEqual(['file']);
  });

  test('that is cut off anywhere, or damaged, is refused', async () => {
    await using host = await recordingHost();
    const archive = await strange(host, '--format=ustar', 'file');
    const bytes = await readFile(archive);
    const out = join(host.files.workspace, 'out');
    for (const [index, damaged] of [bytes.subarray(0, 100), bytes.subarray(0, 514), bytes.subarray(0, 1024), flipped(bytes, 3)].entries()) {
      const file = join(host.files.workspace, `${index}.tar`);
      const folder = join(out, String(index));
      await mkdir(folder);
      await writeFile(file, damaged);
      await expect(unpackFiles(file, folder)).rejects.toThrowWithCode('E_MANIFEST', /cut off|damaged/);
    }
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
