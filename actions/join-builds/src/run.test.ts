import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Host, type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { describeFile, manifestName, openPackages, packFiles, writeManifest } from '@release-kit/manifest';
import { run, spec } from './index.ts';

/** What a job uploaded, as it is downloaded; returns what the job says of it. */
async function uploaded(host: RecordingHost, name: string, files: Readonly<Record<string, string>>, version = '1'): Promise<string> {
  const folder = join(host.files.workspace, 'made', name);
  await mkdir(folder, { recursive: true });
  const facts = { kind: 'deb', package: name, version, architecture: 'all', distribution: 'debian:12' } as const;
  const listed = [];
  for (const [path, content] of Object.entries(files)) {
    await writeFile(join(folder, path), content);
    listed.push(await describeFile(folder, path, facts));
  }
  const manifest = { schema: 1, sourceDateEpoch: 7, sources: [{ package: name, version }], files: listed } as const;
  const digest = await writeManifest(join(folder, manifestName), manifest);
  const artifact = join(host.files.workspace, 'downloads', `${name}-debian-12-amd64`);
  await mkdir(artifact, { recursive: true });
  await packFiles(join(artifact, 'packages.tar'), folder, [...Object.keys(files), manifestName], 7);
  return `success success ${digest}`;
}

function inputsOf(host: Host, reports: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) {
  const names = Object.keys(reports);
  const include = names.map((name) => ({
    ...{ name: `${name}-debian-12-amd64`, artifact: `${name}-debian-12-amd64`, package: name },
    ...{ distribution: 'debian:12', architecture: 'amd64' },
  }));
  const outputs = Object.fromEntries(names.map((name, index) => [`leg-${index}`, reports[name]]));
  const given = { stages: JSON.stringify([{ include }]), needs: JSON.stringify({ build: { result: 'success', outputs } }) };
  return readInputs(
    spec,
    { ...given, downloads: 'downloads', output: 'all', ...more },
    { workspace: host.files.workspace, nameOf: (name) => `input ${name}` },
  );
}

test('a folder that holds anything else is not replaced, be it the workspace', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  const reports = { lib: await uploaded(host, 'lib', { 'lib_1_all.deb': 'lib' }) };
  await mkdir(join(workspace, 'all'));
  await writeFile(join(workspace, 'all', 'thesis.odt'), 'years of work');
  await expect(run(inputsOf(host, reports), host)).rejects.toThrowWithCode('E_PATH', /^input output: the folder holds thesis\.odt/);
  await expect(run(inputsOf(host, reports, { output: '.' }), host)).rejects.toThrowWithCode('E_PATH', /the folder holds all, which no/);
  await expect(run(inputsOf(host, reports, { output: '/proc' }), host)).rejects.toThrowWithCode(
    'E_PATH',
    /^proc cannot be replaced as a whole/,
  );
  expect(await readFile(join(workspace, 'all', 'thesis.odt'), 'utf8')).toBe('years of work');
});

test('what all jobs built lies in one folder, with one manifest, and an older folder is gone', async () => {
  await using host = await recordingHost();
  const reports = {
    lib: await uploaded(host, 'lib', { 'lib_1_all.deb': 'lib', 'same_1_all.deb': 'same' }),
    app: await uploaded(host, 'app', { 'app_2_all.deb': 'app', 'same_1_all.deb': 'same' }, '2'),
  };
  await run(inputsOf(host, { old: await uploaded(host, 'old', { 'old_1_all.deb': 'old' }) }), host);
  expect(await readdir(join(host.files.workspace, 'all'))).toContain('old_1_all.deb');
  const outputs = await run(inputsOf(host, reports), host);
  expect((await readdir(join(host.files.workspace, 'all'))).sort()).toEqual([
    'app_2_all.deb',
    'lib_1_all.deb',
    manifestName,
    'same_1_all.deb',
  ]);
  expect(outputs).toMatchObject({
    versions: 'lib 1\napp 2',
    packages: 'lib_1_all.deb\nsame_1_all.deb\napp_2_all.deb',
    artifact: '',
    result: 'Built, linted and tried: lib 1, app 2 for debian:12 amd64.',
  });
  await using opened = await openPackages(outputs.manifest, outputs.manifestDigest, host);
  expect(opened.manifest.files).toHaveLength(3);
  expect(host.summary.text).toContain('## ✅ Built');
});

test('one archive of all is uploaded, and joining again makes the same bytes', async () => {
  await using host = await recordingHost();
  const reports = { lib: await uploaded(host, 'lib', { 'lib_1_all.deb': 'lib' }) };
  const archives: Buffer[] = [];
  const artifacts: NonNullable<Host['artifacts']> = {
    upload: async (name, [file = ''], root, options) => {
      expect([name, file.slice(root.length), options]).toEqual(['all', '/all.tar', { retentionDays: 90, compressed: false }]);
      archives.push(await readFile(file));
      return { id: '5', digest: 'ff' };
    },
    download: async () => {},
  };
  for (const _ of ['once', 'again'])
    expect(await run(inputsOf(host, reports, { artifact: 'all' }), { ...host, artifacts })).toMatchObject({
      artifact: 'all',
      artifactId: '5',
    });
  expect(archives[0]?.equals(archives[1] ?? Buffer.alloc(0))).toBe(true);
});

test('a job that failed is told, and nothing is joined', async () => {
  await using host = await recordingHost();
  const reports = { lib: await uploaded(host, 'lib', { 'lib_1_all.deb': 'lib' }), app: '' };
  const outputs = await run(inputsOf(host, reports, { artifact: 'all' }), host);
  expect(outputs).toMatchObject({ manifest: '', manifestDigest: '', result: 'app for debian:12 amd64 did not build; 1 of 2 jobs passed.' });
  expect(await readdir(host.files.workspace)).not.toContain('all');
});

test('an artifact that another job has replaced is refused', async () => {
  await using host = await recordingHost();
  const report = await uploaded(host, 'lib', { 'lib_1_all.deb': 'lib' });
  const other = report.replace(/[0-9a-f]{64}$/, 'a'.repeat(64));
  await expect(run(inputsOf(host, { lib: other }), host)).rejects.toThrowWithCode('E_DIGEST');
  expect(await readdir(host.files.workspace)).not.toContain('all');
});

test('two different files of one name are refused, and nothing is left', async () => {
  await using host = await recordingHost();
  const reports = {
    lib: await uploaded(host, 'lib', { 'same_1_all.deb': 'one' }),
    app: await uploaded(host, 'app', { 'same_1_all.deb': 'two' }),
  };
  await expect(run(inputsOf(host, reports), host)).rejects.toThrowWithCode('E_MANIFEST', /same_1_all/);
  expect((await readdir(host.files.workspace)).sort()).toEqual(['downloads', 'made']);
});

test.each([
  [{}, /input downloads/],
  [{ downloads: 'downloads', artifact: 'a' }, /input artifact/],
])('outside GitHub %j is refused', async (more, message) => {
  await using host = await recordingHost();
  const report = await uploaded(host, 'lib', { 'lib_1_all.deb': 'lib' });
  const inputs = inputsOf(host, { lib: report });
  await expect(
    run({ ...inputs, downloads: undefined, ...('downloads' in more ? { ...inputs, artifact: more.artifact } : {}) }, host),
  ).rejects.toThrowWithCode('E_INPUT', message);
});
