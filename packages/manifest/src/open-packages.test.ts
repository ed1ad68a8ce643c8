import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { describeFile } from './manifest-files.ts';
import { openPackages } from './open-packages.ts';
import { packFiles } from './package-archive.ts';
import { writeManifest } from './write-manifest.ts';

/** A package with its manifest and the archive of both, in a folder of its own. */
async function packed(host: RecordingHost): Promise<{ manifest: string; digest: string; archive: string; folder: string }> {
  const folder = join(host.files.workspace, 'built');
  await mkdir(folder);
  await writeFile(join(folder, 'a_1_all.deb'), 'abc');
  const file = await describeFile(folder, 'a_1_all.deb', {
    kind: 'deb',
    package: 'aa',
    version: '1',
    architecture: 'all',
    distribution: 'debian:12',
  });
  const manifest = join(folder, 'manifest.json');
  const digest = await writeManifest(manifest, {
    schema: 1,
    sourceDateEpoch: 1,
    sources: [{ package: 'aa', version: '1' }],
    files: [file],
  });
  const archive = join(host.files.workspace, 'artifact', 'aa.tar');
  await mkdir(dirname(archive));
  await packFiles(archive, folder, ['a_1_all.deb', 'manifest.json'], 1);
  return { manifest, digest, archive, folder };
}

test('a manifest, its folder, an archive and the folder of a downloaded artifact all hold the same packages', async () => {
  await using host = await recordingHost();
  const { manifest, digest, archive, folder } = await packed(host);
  for (const path of [manifest, folder, archive, dirname(archive)]) {
    await using opened = await openPackages(path, digest, host);
    expect(opened.manifest.files.map((file) => file.path)).toEqual(['a_1_all.deb']);
    expect(await readdir(opened.folder)).toEqual(['a_1_all.deb', 'manifest.json']);
  }
});

test('what was unpacked is gone afterwards, also when it was refused', async () => {
  await using host = await recordingHost();
  const { archive, digest } = await packed(host);
  const unpacked = await (async () => {
    await using opened = await openPackages(archive, digest, host);
    return opened.folder;
  })();
  await expect(readdir(unpacked)).rejects.toThrow(/ENOENT/);
  await expect(openPackages(archive, 'f'.repeat(64), host)).rejects.toThrowWithCode('E_DIGEST', /was expected/);
  expect((await readdir(dirname(unpacked))).filter((name) => name.includes('packages'))).toEqual([]);
});

test('a file of the archive that is not as the manifest says is refused', async () => {
  await using host = await recordingHost();
  const { folder } = await packed(host);
  await writeFile(join(folder, 'a_1_all.deb'), 'abd');
  const archive = join(host.files.workspace, 'other.tar');
  await packFiles(archive, folder, ['a_1_all.deb', 'manifest.json'], 1);
  await expect(openPackages(archive, undefined, host)).rejects.toThrowWithCode('E_DIGEST', /^a_1_all\.deb has the SHA-256/);
});

test('a folder with nothing of ours, or with several archives, is refused', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  await expect(openPackages(workspace, undefined, host)).rejects.toThrowWithCode('E_MANIFEST', /neither manifest\.json nor an archive/);
  for (const name of ['a.tar', 'b.tar']) await writeFile(join(workspace, name), '');
  await expect(openPackages(workspace, undefined, host)).rejects.toThrowWithCode('E_MANIFEST', /2 archives: a\.tar, b\.tar/);
});
