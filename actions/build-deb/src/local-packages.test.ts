import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { describeFile, packFiles, writeManifest } from '@release-kit/manifest';
import { readLocalPackages } from './local-packages.ts';

const facts = { kind: 'deb', package: 'aa', version: '1', architecture: 'all', distribution: 'debian:12' } as const;

/** `built/` with a manifest, `artifact/aa.tar` with the same, `plain/` without. */
async function workspace(host: RecordingHost): Promise<string> {
  const at = (...names: readonly string[]): string => join(host.files.workspace, ...names);
  for (const folder of ['built', 'artifact', 'plain', 'empty']) await mkdir(at(folder));
  await writeFile(at('built', 'aa_1_all.deb'), 'abc');
  await writeFile(at('built', 'aa_1_all.buildinfo'), 'abc');
  const files = [
    await describeFile(at('built'), 'aa_1_all.deb', facts),
    await describeFile(at('built'), 'aa_1_all.buildinfo', { ...facts, kind: 'buildinfo' }),
  ];
  await writeManifest(at('built', 'manifest.json'), { schema: 1, sourceDateEpoch: 1, sources: [{ package: 'aa', version: '1' }], files });
  await packFiles(at('artifact', 'aa.tar'), at('built'), ['aa_1_all.deb', 'aa_1_all.buildinfo', 'manifest.json'], 1);
  for (const name of ['bb_1_all.deb', 'cc_1_all.deb', 'readme']) await writeFile(at('plain', name), name);
  return host.files.workspace;
}

test.each([
  [['built/aa_1_all.deb'], ['aa_1_all.deb']],
  [['built/manifest.json'], ['aa_1_all.deb']],
  [['built'], ['aa_1_all.deb']],
  [['artifact/aa.tar'], ['aa_1_all.deb']],
  [['artifact'], ['aa_1_all.deb']],
  [['plain'], ['bb_1_all.deb', 'cc_1_all.deb']],
  [
    ['plain/c*.deb', 'built', 'artifact'],
    ['aa_1_all.deb', 'cc_1_all.deb'],
  ],
  [[], []],
])('%j names %j', async (named, names) => {
  await using host = await recordingHost();
  await workspace(host);
  await using packages = await readLocalPackages(named, host);
  expect(packages.list.map(({ name }) => name)).toEqual(names);
});

test.each([
  [['missing.deb'], 'E_PATH', /missing\.deb is not there/],
  [['empty'], 'E_PATH', /holds no package/],
  [['plain/x*.deb'], 'E_PATH', /nothing is like plain\/x\*\.deb/],
  [['plain/readme'], 'E_MANIFEST', /not JSON/],
] as const)('%j is refused with %s', async (named, code, message) => {
  await using host = await recordingHost();
  await workspace(host);
  await expect(readLocalPackages(named, host)).rejects.toThrowWithCode(code, message);
});

test('two different packages of one name are refused, and a name that is not plain', async () => {
  await using host = await recordingHost();
  const root = await workspace(host);
  await writeFile(join(root, 'plain', 'aa_1_all.deb'), 'other');
  await expect(readLocalPackages(['plain', 'built'], host)).rejects.toThrowWithCode('E_INPUT', /two different aa_1_all\.deb/);
  await writeFile(join(root, 'empty', 'a b.deb'), '');
  await expect(readLocalPackages(['empty'], host)).rejects.toThrowWithCode('E_NAME', /plain file name/);
});

test('a link is not followed, and what was changed after its build is refused', async () => {
  await using host = await recordingHost();
  const root = await workspace(host);
  await symlink('/etc/passwd', join(root, 'link.deb'));
  await expect(readLocalPackages(['link.deb'], host)).rejects.toThrowWithCode('E_MANIFEST');
  await writeFile(join(root, 'built', 'aa_1_all.deb'), 'abd');
  await expect(readLocalPackages(['built'], host)).rejects.toThrowWithCode('E_DIGEST');
});

test('a link in a folder of packages is refused: the build would read what it leads to', async () => {
  await using host = await recordingHost();
  const root = await workspace(host);
  await symlink('/etc/passwd', join(root, 'plain', 'dd_1_all.deb'));
  await expect(readLocalPackages(['plain'], host)).rejects.toThrowWithCode('E_PATH', /dd_1_all\.deb is a link, or no file/);
});

test('what was unpacked is gone afterwards', async () => {
  await using host = await recordingHost();
  await workspace(host);
  const folder = await (async () => {
    await using packages = await readLocalPackages(['artifact'], host);
    return dirname(packages.list[0]?.file ?? '');
  })();
  await expect(readdir(folder)).rejects.toThrow(/ENOENT/);
});
