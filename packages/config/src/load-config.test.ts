import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseArchitecture } from './architecture.ts';
import { findConfig, loadConfig, nearestConfig, rootOf } from './load-config.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'config-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(root, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, content);
  return file;
}

test('without a file everything has its default, and no place', async () => {
  const config = await loadConfig(undefined);
  expect(config).toMatchObject({
    packages: undefined,
    distributions: ['debian:12'],
    architectures: ['amd64'],
    lint: { failOn: 'error', failOnNew: 'never', lintian: 'build', baseline: undefined, also: [] },
  });
  expect(config.place('packages')).toBeUndefined();
});

test('a package takes the file of the nearest folder, its own before those above it, and none of the folders beside it', async () => {
  const hello = join(root, 'services/web/hello');
  await mkdir(hello, { recursive: true });
  expect(await nearestConfig(hello, root)).toBeUndefined();
  await write('services/other/release-kit.yml', '');
  expect(await nearestConfig(hello, root)).toBeUndefined();
  const top = await write('.github/release-kit.yml', '');
  expect(await nearestConfig(hello, root)).toBe(top);
  const services = await write('services/release-kit.yml', '');
  expect(await nearestConfig(hello, root)).toBe(services);
  expect(await nearestConfig(root, root)).toBe(top);
  expect(await nearestConfig(hello, join(root, 'elsewhere'))).toBeUndefined();
  const own = await write('services/web/hello/release-kit.yml', '');
  expect(await nearestConfig(hello, root)).toBe(own);
  expect(await nearestConfig(hello, join(root, 'elsewhere'))).toBe(own);
});

test('the file is found at the root or in .github, and two are one too many', async () => {
  expect(await findConfig(root)).toBeUndefined();
  const hidden = await write('.github/release-kit.yml', '');
  expect(await findConfig(root)).toBe(hidden);
  const file = await write('release-kit.yml', '');
  await expect(findConfig(root)).rejects.toThrowWithCode(
    'E_CONFIG',
    /two configuration files, release-kit.yml and .github\/release-kit.yml/,
  );
  await rm(hidden);
  expect(await findConfig(root)).toBe(file);
});

test('a folder of that name is no file', async () => {
  await mkdir(join(root, 'release-kit.yml'));
  expect(await findConfig(root)).toBeUndefined();
});

test('messages name the file as the repository does', async () => {
  const file = await write('.github/release-kit.yml', 'lnt: 1');
  expect(rootOf(file)).toBe(root);
  await expect(loadConfig(file)).rejects.toMatchObject({
    code: 'E_CONFIG',
    place: { file: '.github/release-kit.yml', line: 1, column: 1 },
  });
  await expect(loadConfig(file, '/usr')).rejects.toMatchObject({ place: { file } });
});

test('a file that is missing, a folder, too large, or not UTF-8 is told apart', async () => {
  await expect(loadConfig(join(root, 'none.yml'))).rejects.toThrowWithCode('E_CONFIG', /ENOENT/);
  await expect(loadConfig(root)).rejects.toThrowWithCode('E_CONFIG', /EISDIR/);
  await expect(loadConfig(await write('a.yml', Buffer.alloc(128 * 1024 + 1, '#')))).rejects.toThrowWithCode(
    'E_CONFIG',
    /larger than 128 KiB/,
  );
  await expect(loadConfig(await write('b.yml', Buffer.from('# \xff\n', 'latin1')))).rejects.toThrowWithCode('E_CONFIG', /not UTF-8/);
  await expect(loadConfig(await write('c.yml', Buffer.from('\ufefflint: {}\n', 'utf16le')))).rejects.toThrowWithCode(
    'E_CONFIG',
    /not UTF-8/,
  );
  expect((await loadConfig(await write('d.yml', Buffer.alloc(128 * 1024, '#')))).lint.failOn).toBe('error');
});

test('a package folder may be a link inside the repository, but not out of it (H21)', async () => {
  await mkdir(join(root, 'real'));
  await symlink('real', join(root, 'inside'));
  await symlink('/usr', join(root, 'outside'));
  expect((await loadConfig(await write('a.yml', 'packages: [{ path: inside }, { path: not-there }]'))).packages).toHaveLength(2);
  const file = await write('b.yml', 'packages:\n  - path: real\n  - path: outside/share');
  await expect(loadConfig(file)).rejects.toMatchObject({
    code: 'E_PATH',
    message: expect.stringContaining('packages[1].path'),
    place: { line: 3, column: 11 },
  });
});

test('architectures go by the names of Debian', () => {
  expect(parseArchitecture('arm64')).toBe('arm64');
  expect(() => parseArchitecture('aarch64')).toThrowWithCode('E_ARCHITECTURE', /Debian calls it arm64/);
  expect(() => parseArchitecture('toString')).toThrowWithCode('E_ARCHITECTURE', /"toString" is not a known architecture\. Known are/);
});
