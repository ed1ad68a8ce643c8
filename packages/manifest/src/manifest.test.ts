import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import fc from 'fast-check';
import {
  checkManifest,
  describeFile,
  digestFile,
  type FileFacts,
  filesOf,
  formatManifest,
  isPlainFileName,
  type Manifest,
  type ManifestFile,
  readManifest,
  verifyFiles,
  writeManifest,
} from './index.ts';

const facts: FileFacts = { kind: 'deb', package: 'hello', version: '1:2.10-3', architecture: 'amd64', distribution: 'debian:12' };
const sha = 'a'.repeat(64);
const fileOf = (change: Partial<ManifestFile> = {}): ManifestFile => ({
  ...facts,
  path: 'hello_2.10-3_amd64.deb',
  size: 3,
  sha256: sha,
  ...change,
});
const manifestOf = (...files: readonly ManifestFile[]): Manifest => ({
  schema: 1,
  sourceDateEpoch: 1795249454,
  sources: [{ package: 'hello', version: '1:2.10-3' }],
  files,
});
const good = manifestOf(fileOf());

describe('describeFile and verifyFiles', () => {
  test('a file is described by its bytes, and recognised by them', async () => {
    await using host = await recordingHost();
    const folder = host.files.workspace;
    await writeFile(join(folder, 'a_1_all.deb'), 'abc');
    const file = await describeFile(folder, 'a_1_all.deb', facts);
    expect(file).toEqual({
      ...facts,
      path: 'a_1_all.deb',
      size: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
    await expect(verifyFiles(manifestOf(file), folder)).resolves.toBeUndefined();
    await writeFile(join(folder, 'a_1_all.deb'), 'abd');
    await expect(verifyFiles(manifestOf(file), folder)).rejects.toThrowWithCode('E_DIGEST', /^a_1_all\.deb has the SHA-256 /);
    await writeFile(join(folder, 'a_1_all.deb'), 'abcd');
    await expect(verifyFiles(manifestOf(file), folder)).rejects.toThrowWithCode('E_DIGEST', /has 4 bytes, the manifest says 3/);
  });

  test('links, folders and missing files are refused', async () => {
    await using host = await recordingHost();
    const folder = host.files.workspace;
    await writeFile(join(folder, 'real'), 'abc');
    await symlink('real', join(folder, 'link'));
    await mkdir(join(folder, 'folder'));
    for (const [path, message] of [
      ['link', /not a regular file/],
      ['folder', /not a regular file/],
      ['missing', /is not there/],
    ] as const) {
      await expect(describeFile(folder, path, facts)).rejects.toThrowWithCode('E_MANIFEST', message);
      await expect(verifyFiles(manifestOf(fileOf({ path })), folder)).rejects.toThrowWithCode('E_MANIFEST', message);
    }
    await expect(describeFile(folder, '../real', facts)).rejects.toThrowWithCode('E_NAME', /"\.\.\/real"/);
  });

  test('a file larger than one piece is read whole', async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'big');
    await writeFile(file, Buffer.alloc(300_000, 'x'));
    const { stdout } = await host.exec(['sha256sum', file]);
    expect(await digestFile(file)).toEqual({ sha256: stdout.slice(0, 64), size: 300_000 });
  });
});

describe('writeManifest and readManifest', () => {
  test('the same manifest makes the same bytes, whatever the order of keys and files', async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'manifest.json');
    const second = fileOf({ path: 'B_1_all.deb' });
    const digest = await writeManifest(file, manifestOf(fileOf({ path: 'a_1_all.deb' }), second));
    const text = await readFile(file, 'utf8');
    const { files, sources, ...rest } = manifestOf(second, fileOf({ path: 'a_1_all.deb' }));
    const turned = sources.map(({ package: name, version }) => ({ version, package: name }));
    expect(await writeManifest(file, { files, ...rest, sources: turned })).toBe(digest);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(text).toMatch(
      /^\{\n {2}"files": \[\n {4}\{\n {6}"architecture": "amd64",[\s\S]*"B_1_all\.deb"[\s\S]*"a_1_all\.deb"[\s\S]*"sourceDateEpoch": 1795249454,\n {2}"sources": \[\n {4}\{\n[^{}]*\}\n {2}\]\n\}\n$/,
    );
    expect((await digestFile(file)).sha256).toBe(digest);
    expect(await readManifest(file, { digest })).toEqual(JSON.parse(text));
  });

  test('what is written is read back, and nothing is left beside it', async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'manifest.json');
    await writeManifest(file, good);
    expect(await readManifest(file)).toEqual(good);
    expect(await readdir(host.files.workspace)).toEqual(['manifest.json']);
  });

  test('a failed write leaves nothing behind', async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'manifest.json');
    await mkdir(file);
    await expect(writeManifest(file, good)).rejects.toThrowWithCode('E_PATH', /cannot be written: EISDIR/);
    expect(await readdir(host.files.workspace)).toEqual(['manifest.json']);
    const outside = manifestOf(fileOf({ path: '../x' }));
    await expect(writeManifest(join(host.files.workspace, 'other.json'), outside)).rejects.toThrowWithCode('E_MANIFEST');
    expect(await readdir(host.files.workspace)).toEqual(['manifest.json']);
  });

  test('another manifest than the one meant is refused before it is read', async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'manifest.json');
    await writeFile(file, 'not even JSON');
    await expect(readManifest(file, { digest: sha })).rejects.toThrowWithCode('E_DIGEST', /but a{64} was expected/);
    await expect(readManifest(file)).rejects.toThrowWithCode('E_MANIFEST', /not JSON/);
    await writeFile(file, Uint8Array.of(0x22, 0xff, 0x22));
    await expect(readManifest(file)).rejects.toThrowWithCode('E_MANIFEST', /not JSON/);
    await expect(readManifest(`${file}.missing`)).rejects.toThrowWithCode('E_MANIFEST', /cannot be read/);
  });
});

describe('checkManifest', () => {
  test('takes a manifest without files, and any kind of file', async () => {
    await expect(checkManifest(manifestOf(), 'm')).resolves.toEqual(manifestOf());
    const kinds = ['deb', 'ddeb', 'udeb', 'changes', 'buildinfo', 'dsc', 'source'] as const;
    await expect(checkManifest(manifestOf(...kinds.map((kind) => fileOf({ kind, path: kind }))), 'm')).resolves.toBeDefined();
  });

  test.each([
    [null, /\/schema is missing/],
    [[], /\/schema is missing/],
    [{}, /\/schema is missing/],
    [{ ...good, schema: 2 }, /\/schema is 2; this version of release-kit reads 1$/],
    [{ ...good, schema: '1' }, /\/schema is "1"/],
    [{ ...good, extra: 1 }, /the manifest has the unknown key "extra"/],
    [{ schema: 1 }, /must have required property/],
    [{ ...good, sourceDateEpoch: -1 }, /\/sourceDateEpoch must be >= 0/],
    [{ ...good, sources: [{ package: '../x', version: '1' }] }, /\/sources\/0\/package must match/],
    [{ ...good, sources: [] }, /\/sources must NOT have fewer than 1 items/],
    [{ ...good, source: good.sources[0] }, /the unknown key "source"/],
    [{ ...good, files: [{ ...fileOf(), size: 1.5 }] }, /\/files\/0\/size must be integer/],
    [{ ...good, files: [fileOf(), { ...fileOf({ path: 'b' }), sha256: sha.toUpperCase() }] }, /\/files\/1\/sha256 must match/],
    [{ ...good, files: [{ ...fileOf(), mode: 1, '##[x]': 2 }] }, /\/files\/0 has the unknown key "mode"/],
    [{ ...good, files: [{ ...fileOf(), '##[x]': 2 }] }, /\/files\/0 has the unknown key "#\\\\#\[x]"/],
    [{ ...good, files: [{ ...fileOf(), kind: 'rpm' }] }, /\/files\/0\/kind must be equal to one of/],
    [{ ...good, files: [{ ...fileOf(), version: '1/../2' }] }, /\/files\/0\/version must match/],
    [{ ...good, sources: [{ package: 'hello', version: '1-' }] }, /\/sources\/0\/version: "1-" is not a Debian version/],
    [manifestOf(fileOf(), fileOf({ path: 'b', version: '99999999999:1' })), /\/files\/1\/version must match/],
    [manifestOf(fileOf({ version: '9999999999:1' })), /\/files\/0\/version: .* epoch is too large/],
    [{ ...good, files: [{ ...fileOf(), architecture: 'all;id' }] }, /\/files\/0\/architecture must match/],
    [{ ...good, files: [{ ...fileOf(), distribution: 'x' }] }, /\/files\/0\/distribution must match/],
    [manifestOf(fileOf(), fileOf({ path: 'HELLO_2.10-3_amd64.deb' })), /\/files\/1\/path is the same as \/files\/0\/path/],
  ])('refuses %j', async (value, message) => {
    await expect(checkManifest(value, 'm')).rejects.toThrowWithCode('E_MANIFEST', message);
  });

  test.each([
    '',
    '.',
    '..',
    '.hidden',
    '-rf',
    '../x',
    '/etc/passwd',
    'a/b',
    'a\\b',
    'a b',
    'a\nb',
    'a\u001b',
    'a*',
    '~x',
    'é',
    `${'a'.repeat(256)}`,
    'a\n',
  ])('refuses the path %j', async (path) => {
    expect(isPlainFileName(path)).toBe(false);
    await expect(checkManifest(manifestOf(fileOf({ path })), 'm')).rejects.toThrowWithCode('E_MANIFEST', /^\/files\/0\/path must/);
  });

  test('takes any JSON and fails with E_MANIFEST at worst', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const input = typeof value === 'object' && value !== null ? { schema: 1, ...value } : value;
        await expect(checkManifest(input, 'm')).rejects.toThrowWithCode('E_MANIFEST');
      }),
      { numRuns: 30 },
    );
  });
});

describe('filesOf', () => {
  const files = [
    fileOf({ path: 'a', architecture: 'amd64' }),
    fileOf({ path: 'b', architecture: 'arm64', kind: 'ddeb' }),
    fileOf({ path: 'c', architecture: 'amd64', distribution: 'ubuntu:24.04', package: 'other' }),
  ];
  test.each([
    [{}, 'abc'],
    [{ kind: 'deb' }, 'ac'],
    [{ architecture: 'amd64' }, 'ac'],
    [{ distribution: 'ubuntu:24.04' }, 'c'],
    [{ package: 'hello' }, 'ab'],
    [{ kind: 'deb', architecture: 'arm64' }, ''],
    [{ kind: undefined, package: 'other', architecture: 'amd64' }, 'c'],
  ] as const)('%j', (filter, paths) => {
    expect(
      filesOf(manifestOf(...files), filter)
        .map(({ path }) => path)
        .join(''),
    ).toBe(paths);
  });

  test('formatManifest does not change what it is given', () => {
    const manifest = manifestOf(fileOf({ path: 'b' }), fileOf({ path: 'a' }));
    formatManifest(manifest);
    expect(manifest.files.map(({ path }) => path)).toEqual(['b', 'a']);
  });
});
