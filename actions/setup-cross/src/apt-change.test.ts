import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { makeChange, recordChange, takeBack } from './apt-change.ts';

/** Bytes that are no UTF-8, an odd mode and time: all of it has to come back. */
const bytes = Buffer.from([0x64, 0x65, 0x62, 0x20, 0xff, 0x0d, 0x0a]);
const before = new Date('2020-02-02T02:02:02Z');

/** A change of files in the workspace; no architecture is added, and nobody has packages of this one. */
async function changed(
  host: RecordingHost,
  made = true,
): Promise<{ readonly folder: string; readonly file: string; readonly added: string }> {
  const etc = join(host.files.workspace, 'etc');
  await mkdir(etc);
  const [file, added] = [join(etc, 'sources.list'), join(etc, 'added.sources')];
  await writeFile(file, bytes);
  await chmod(file, 0o640);
  await utimes(file, before, before);
  const files = new Map([
    [file, `# limited\n${bytes.toString('latin1')}`],
    [added, 'Types: deb\n'],
  ]);
  const change = { architecture: 'none', addsArchitecture: false, files };
  const folder = await recordChange(host, change, join(host.files.workspace, 'records'));
  if (made) await makeChange(host, change);
  return { folder, file, added };
}

describe('a change of apt', () => {
  test('keeps owner and mode, and is taken back byte for byte', async () => {
    await using host = await recordingHost();
    const { folder, file, added } = await changed(host);
    expect(await readFile(file)).toEqual(Buffer.concat([Buffer.from('# limited\n'), bytes]));
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await readdir(join(added, '..'))).sort()).toEqual(['added.sources', 'sources.list']);
    await takeBack(host, folder);
    expect(await readFile(file)).toEqual(bytes);
    expect(await stat(file)).toMatchObject({ mtime: before });
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await readdir(join(added, '..'))).toEqual(['sources.list']);
    expect(host.recorded.lines).toEqual(['Taken back: 2 files of apt, 0 packages of none']);
  });

  test('that was never made is taken back without a word of others, by an interrupted run as well', async () => {
    const controller = new AbortController();
    await using host = await recordingHost({ signal: controller.signal });
    const { folder, file, added } = await changed(host, false);
    controller.abort();
    await takeBack(host, folder);
    expect(await readFile(file)).toEqual(bytes);
    expect(await readdir(join(added, '..'))).toEqual(['sources.list']);
    expect(host.recorded.lines).toEqual(['Taken back: 2 files of apt, 0 packages of none']);
  });

  test('leaves alone what someone else changed since, and says where the old text is', async () => {
    await using host = await recordingHost();
    const { folder, file } = await changed(host);
    await writeFile(file, 'mine\n');
    await takeBack(host, folder);
    expect(await readFile(file, 'utf8')).toBe('mine\n');
    expect(host.recorded.lines[0]).toMatch(
      /sources\.list was changed by someone else since; it stays as it is, and its old text is in .*\/records\/none\/0$/,
    );
  });

  test.each([
    '',
    '{}',
    '{"architecture":"none","addsArchitecture":false,"packages":[],"files":[{"file":"/etc/x","backup":"../x","written":""}]}',
  ])('is not taken back by a record that is none: %j', async (text) => {
    await using host = await recordingHost();
    const { folder, file } = await changed(host);
    await writeFile(join(folder, 'change.json'), text);
    await expect(takeBack(host, folder)).rejects.toThrowWithCode('E_HOST', /record of changes .* is damaged/);
    expect(await readFile(file, 'utf8')).toMatch(/^# limited/);
  });
});
