import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { describeFile, openPackages, writeManifest } from '@release-kit/manifest';
import { withNeeded } from './needed-packages.ts';

/** What a job built: files by name, each with its architecture and distribution. */
async function built(host: RecordingHost, name: string, files: readonly string[], distribution = 'debian:12'): Promise<string> {
  const folder = join(host.files.workspace, name);
  await mkdir(folder, { recursive: true });
  const listed = [];
  for (const path of files) {
    await writeFile(join(folder, path), path);
    const [owner = '', version = '', architecture = ''] = path.replace(/\.deb$/, '').split('_');
    listed.push(await describeFile(folder, path, { kind: 'deb', package: owner, version, architecture, distribution }));
  }
  await writeManifest(join(folder, 'manifest.json'), {
    schema: 1,
    sourceDateEpoch: 1,
    sources: [{ package: name.replace('needed/', ''), version: '1' }],
    files: listed,
  });
  return folder;
}

test('what is tried lies together with what it needs, of its own architecture and distribution', async () => {
  await using host = await recordingHost();
  await using tried = await openPackages(await built(host, 'app', ['app_1_arm64.deb']), undefined, host);
  await built(host, 'needed/lib', ['lib_1_arm64.deb', 'lib_1_amd64.deb', 'doc_1_all.deb']);
  await built(host, 'needed/other', ['other_1_arm64.deb'], 'debian:13');
  await using together = await withNeeded(tried, ['needed/*'], host);
  expect(together.manifest.files.map(({ path }) => path).sort()).toEqual(['app_1_arm64.deb', 'doc_1_all.deb', 'lib_1_arm64.deb']);
  expect((await readdir(together.folder)).sort()).toEqual(['app_1_arm64.deb', 'doc_1_all.deb', 'lib_1_arm64.deb']);
  expect(together.manifest.sources).toEqual([{ package: 'app', version: '1' }]);
});

test('a package without a manifest stays out, and that is told', async () => {
  await using host = await recordingHost();
  await using tried = await openPackages(await built(host, 'app', ['app_1_all.deb']), undefined, host);
  await writeFile(join(host.files.workspace, 'other_1_all.deb'), '');
  await using together = await withNeeded(tried, ['*.deb'], host);
  expect(together.manifest.files.map(({ path }) => path)).toEqual(['app_1_all.deb']);
  expect(host.recorded.lines.join('\n')).toMatch(/warning: other_1_all\.deb is not taken along/);
});

test('without others nothing is copied, and what is not there is an error', async () => {
  await using host = await recordingHost();
  await using tried = await openPackages(await built(host, 'app', ['app_1_all.deb']), undefined, host);
  await using alone = await withNeeded(tried, [], host);
  expect(alone.folder).toBe(tried.folder);
  await expect(withNeeded(tried, ['needed/*'], host)).rejects.toThrowWithCode('E_PATH', /needed/);
});
