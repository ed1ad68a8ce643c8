import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { changesName, checkProducts, kindOf, requireAnnounced } from './products.ts';

const control = (name = 'xx') => `Package: ${name}\nVersion: 1:1.0\nArchitecture: all\nMaintainer: A B <a@b.example>\nDescription: x\n`;
const expected = { source: 'xx', version: '1:1.0' };
const changesFile = 'xx_1.0_amd64.changes';

/** A real .deb and a .changes file that lists it. */
async function productsIn(folder: string, listed: { size?: number; sha256?: string } = {}): Promise<void> {
  await mkdir(join(folder, 'root/DEBIAN'), { recursive: true });
  await writeFile(join(folder, 'root/DEBIAN/control'), control());
  execFileSync('dpkg-deb', ['--root-owner-group', '-b', join(folder, 'root'), join(folder, 'xx_1.0_all.deb')], { stdio: 'ignore' });
  const bytes = await readFile(join(folder, 'xx_1.0_all.deb'));
  const sum = (kind: string) => createHash(kind).update(bytes).digest('hex');
  const size = listed.size ?? bytes.length;
  await writeFile(
    join(folder, changesFile),
    `Format: 1.8\nDate: Thu, 15 Jan 2026 12:00:00 +0000\nSource: xx\nBinary: xx\nArchitecture: all\nVersion: 1:1.0\nDistribution: unstable\nMaintainer: A B <a@b.example>\nChecksums-Sha256:\n ${listed.sha256 ?? sum('sha256')} ${size} xx_1.0_all.deb\nFiles:\n ${sum('md5')} ${size} misc optional xx_1.0_all.deb\n`,
  );
}

const check = (folder: string, text = control()) => checkProducts(folder, changesFile, expected, async (names) => names.map(() => text));

describe('checkProducts', () => {
  test('accepts what the .changes lists, and takes names from the package itself', async () => {
    await using host = await recordingHost();
    await productsIn(host.files.workspace);
    expect((await check(host.files.workspace)).products).toEqual([
      { kind: 'deb', name: 'xx_1.0_all.deb', fields: { package: 'xx', version: '1:1.0', architecture: 'all' } },
      { kind: 'changes', name: changesFile, fields: undefined },
    ]);
  });

  test.each([
    [{ size: 5 }, /has \d+ bytes, but xx_1\.0_amd64\.changes lists 5/],
    [{ sha256: '0'.repeat(64) }, /another digest/],
  ])('refuses a file that is not as listed: %j', async (listed, message) => {
    await using host = await recordingHost();
    await productsIn(host.files.workspace, listed);
    await expect(check(host.files.workspace)).rejects.toThrowWithCode('E_BUILD_OUTPUT', message);
  });

  test('refuses a missing file, a link, and a .changes of another package', async () => {
    await using host = await recordingHost();
    const folder = host.files.workspace;
    await expect(check(folder)).rejects.toThrowWithCode('E_BUILD_OUTPUT', /did not leave xx_1\.0_amd64\.changes/);
    await productsIn(folder);
    await expect(checkProducts(folder, changesFile, { source: 'xx', version: '2.0' }, async () => [])).rejects.toThrowWithCode(
      'E_BUILD_OUTPUT',
      /2\.0 was to be built/,
    );
    await rename(join(folder, 'xx_1.0_all.deb'), join(folder, 'real.deb'));
    await expect(check(folder)).rejects.toThrowWithCode('E_BUILD_OUTPUT', /did not leave xx_1\.0_all\.deb/);
    await symlink('real.deb', join(folder, 'xx_1.0_all.deb'));
    await expect(check(folder)).rejects.toThrowWithCode('E_BUILD_OUTPUT', /not a plain file/);
  });

  test.each([
    ['another name', control('yy'), /would be named yy_1\.0_all\.deb/],
    ['a hostile architecture', control().replace('all', 'all;id'), /Architecture/],
    ['a hostile name', control('../../x'), /Package/],
    ['nothing', '', /empty/],
  ])('refuses a package with %s in its fields', async (_, text, message) => {
    await using host = await recordingHost();
    await productsIn(host.files.workspace);
    await expect(check(host.files.workspace, text)).rejects.toThrowWithCode('E_DEB', message);
  });

  test('refuses a .deb with stray bytes', async () => {
    await using host = await recordingHost();
    const folder = host.files.workspace;
    await productsIn(folder);
    const bytes = Buffer.concat([await readFile(join(folder, 'xx_1.0_all.deb')), Buffer.from('junk')]);
    await productsIn(folder, { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    await writeFile(join(folder, 'xx_1.0_all.deb'), bytes);
    await expect(check(folder)).rejects.toThrowWithCode('E_DEB', /stray/);
  });
});

test('announced packages must have been made', () => {
  const products = [{ kind: 'deb' as const, name: 'a', fields: { package: 'aa', version: '1', architecture: 'all' } }];
  expect(() => requireAnnounced(['aa'], products, 'debian/control')).not.toThrow();
  expect(() => requireAnnounced(['aa', 'bb', 'cc'], products, 'debian/control')).toThrowWithCode('E_BUILD_OUTPUT', /announces bb, cc,/);
});

test.each([
  ['x_1_all.deb', 'deb'],
  ['x.ddeb', 'ddeb'],
  ['x.udeb', 'udeb'],
  ['x.changes', 'changes'],
  ['x.buildinfo', 'buildinfo'],
  ['x.dsc', 'dsc'],
  ['x.orig.tar.gz', 'source'],
  ['x.tar.gz.asc', 'source'],
])('%s is a %s', (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});

test('the .changes file is named after source, version without epoch, and architecture', () => {
  expect(changesName('xx', '2:1.0-1', 'amd64')).toBe('xx_1.0-1_amd64.changes');
});
