import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from '@release-kit/action-sign-artifacts';
import { describeFile, packFiles, unpackFiles, writeManifest } from '@release-kit/manifest';
import { describeWithMachines } from '../support/machine-host.ts';

jest.setTimeout(60_000);

let host: RecordingHost;
let disk = '';

/** Signs twenty small packages into a folder of the small disk. */
async function sign(): Promise<void> {
  const { workspace } = host.files;
  const files = [];
  for (let index = 0; index < 20; index += 1) {
    const name = `a-${index}_1_all.deb`;
    await writeFile(join(workspace, name), `content of ${name}`);
    const facts = { kind: 'deb', package: 'hello', version: '1', architecture: 'all', distribution: 'debian:12' } as const;
    files.push(await describeFile(workspace, name, facts));
  }
  const sources = [{ package: 'hello', version: '1' }];
  await writeManifest(join(workspace, 'manifest.json'), { schema: 1, sourceDateEpoch: 1, sources, files });
  const given = { manifest: 'manifest.json', output: join(disk, 'signed'), 'throw-away-key': 'true' };
  await run(readInputs(spec, given, { workspace, nameOf: (name) => name }), host);
}

// Mounts take root, as machines do.
describeWithMachines('a disk for the signed files', () => {
  beforeEach(async () => {
    host = await recordingHost();
    disk = join(host.files.workspace, 'disk');
    await mkdir(disk);
    await host.exec(['mount', '-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', disk]);
  });
  afterEach(async () => {
    await host.exec(['umount', disk]);
    await host[Symbol.asyncDispose]();
  });

  test('that is too small is E_HOST with the free space, and nothing is left there', async () => {
    await expect(sign()).rejects.toThrowWithCode('E_HOST', /^.+ cannot be written: no space is left on its disk \(\d+ MB are free\)$/);
    expect(await readdir(disk)).toEqual([]);
  });

  test('that is too small keeps the files of an earlier run', async () => {
    await host.exec(['mount', '-o', 'remount,size=1m', disk]);
    await sign();
    const before = await readdir(join(disk, 'signed'));
    await appendFile(join(host.files.workspace, 'fill'), 'x'.repeat(600_000));
    await host.exec(['cp', join(host.files.workspace, 'fill'), disk]);
    await host.exec(['mount', '-o', 'remount,size=800k', disk]);
    await expect(sign()).rejects.toThrowWithCode('E_HOST');
    expect((await readdir(disk)).sort()).toEqual(['fill', 'signed']);
    expect(await readdir(join(disk, 'signed'))).toEqual(before);
  });

  test('that an archive of packages does not fit on is E_HOST', async () => {
    const { workspace } = host.files;
    await writeFile(join(workspace, 'a_1_all.deb'), 'x'.repeat(200_000));
    const archive = join(workspace, 'packages.tar');
    await packFiles(archive, workspace, ['a_1_all.deb'], 0);
    await expect(unpackFiles(archive, disk)).rejects.toThrowWithCode('E_HOST', /^a_1_all\.deb cannot be written: no space/);
  });

  test('that is read only is E_PATH before anything is signed', async () => {
    await host.exec(['mount', '-o', 'remount,ro', disk]);
    await expect(sign()).rejects.toThrowWithCode('E_PATH', /^signed cannot be written: EROFS$/);
  });
});
