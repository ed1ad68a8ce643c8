import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { basePackages, createMachine, parseDistribution, prepareBase } from './index.ts';
import type { BaseRequest } from './machine.ts';
import { able } from './testing/traces.ts';

const sharedCache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const request: BaseRequest = { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: ['hostname', 'gpgv'] };

(able ? describe : describe.skip)('a base system from a tarball', () => {
  let cache: string;
  let tarball: string;

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'release-kit-test-cache-'));
    tarball = join(cache, 'root, of: mine.tar.zst');
    await using host = await recordingHost({ cache: sharedCache });
    const { root } = await prepareBase(host, { ...request, packages: basePackages.build });
    const parts = ['bin', 'etc', 'lib', 'lib64', 'sbin', 'tmp', 'usr', 'var'];
    const flags = ['--create', `--file=${tarball}`, '--use-compress-program=zstd', '--exclude=./usr/share/doc', `--directory=${root}`];
    // A disk of the host, as a hostile image would have it.
    const extra = join(cache, 'extra');
    await mkdir(join(extra, 'opt'), { recursive: true });
    await host.exec(['mknod', join(extra, 'opt/disk'), 'b', '8', '0'], { cwd: '/' });
    const files = [...parts.map((part) => `./${part}`), `--directory=${extra}`, './opt'];
    await host.exec(['tar', ...flags, ...files], { cwd: '/' });
  }, 600_000);
  afterAll(async () => {
    await rm(cache, { recursive: true, force: true });
  }, 120_000);

  test('has the files of the image and the packages it was asked to have, and is made once', async () => {
    await using host = await recordingHost({ cache });
    const base = await prepareBase(host, { ...request, image: tarball });
    expect(base.key).toMatch(/^debian-12-amd64-image-[0-9a-f]{16}\+packages-[0-9a-f]{16}$/);
    expect(base.origin).toBe('archive');
    await using machine = await createMachine(host, base, 'nspawn');
    const { stdout } = await machine.run([
      '/bin/sh',
      '-c',
      'cat /etc/hostname; ls /usr/share/doc; dpkg --status hostname | grep ^Status; stat -c %a /; ls -A /opt',
    ]);
    expect(stdout).toMatch(/^release-kit\n(?:.*\n)*Status: install ok installed\n755\n$/);
    expect((await prepareBase(host, { ...request, image: tarball })).origin).toBe('cache');
  }, 300_000);

  test('an image of another architecture is refused', async () => {
    await using host = await recordingHost({ cache });
    const other = { ...request, architecture: 'i386', image: tarball };
    await expect(prepareBase(host, other)).rejects.toThrowWithCode('E_BASE_SYSTEM', /is one of amd64, not of i386/);
  }, 300_000);

  test.each([
    ['a saved container image', { 'manifest.json': '[]' }, /saved container image/],
    ['any other tarball', { readme: '' }, /no system with dpkg/],
  ])(
    '%s is told from a root, and nothing is left of it',
    async (_, files, message) => {
      await using host = await recordingHost({ cache });
      const folder = join(host.files.workspace, 'files');
      await mkdir(folder);
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      const image = join(host.files.workspace, 'image.tar');
      await host.exec(['tar', '--create', `--file=${image}`, `--directory=${folder}`, '.']);
      const before = await readdir(join(cache, 'bases'));
      await expect(prepareBase(host, { ...request, image })).rejects.toThrowWithCode('E_BASE_SYSTEM', message);
      expect(await readdir(join(cache, 'bases'))).toEqual(before);
    },
    60_000,
  );

  test('what is no tarball, and what is not there, is said', async () => {
    await using host = await recordingHost({ cache });
    const image = join(host.files.workspace, 'text.tar');
    await writeFile(image, 'no tarball\n'.repeat(1000));
    await expect(prepareBase(host, { ...request, image })).rejects.toThrowWithCode('E_BASE_SYSTEM', /not a tarball/);
    await expect(prepareBase(host, { ...request, image: '/no/such.tar' })).rejects.toThrowWithCode('E_BASE_SYSTEM', /cannot be read/);
    await expect(prepareBase(host, { ...request, image: '--privileged' })).rejects.toThrowWithCode('E_BASE_SYSTEM', /name of an image/);
  }, 60_000);
});
