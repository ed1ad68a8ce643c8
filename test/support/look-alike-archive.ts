import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface FakeLibrary {
  readonly name: string;
  readonly version: string;
}

/** A key of its own, the keys file for Signed-By, and what signs a text inline. */
export interface ArchiveKey {
  /** Absolute. */
  readonly keyring: string;
  sign(text: string): string;
}

export function makeArchiveKey(folder: string): ArchiveKey {
  mkdirSync(join(folder, 'gnupg'), { recursive: true, mode: 0o700 });
  const gpg = (args: readonly string[], input = ''): Buffer =>
    execFileSync(
      'gpg',
      ['--homedir', join(folder, 'gnupg'), '--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '', ...args],
      { input, stdio: ['pipe', 'pipe', 'pipe'] },
    );
  gpg(['--quick-generate-key', 'archive@example.org', 'ed25519', 'sign', 'never']);
  const keyring = join(folder, 'archive.gpg');
  writeFileSync(keyring, gpg(['--export']));
  return { keyring, sign: (text) => gpg(['--clearsign'], text).toString() };
}

/**
 * An archive that calls itself as told. Its Release files promise all architectures, as Ubuntu's do; what is there are amd64's (empty)
 * or the libraries of another one.
 */
export function writeArchive(
  folder: string,
  {
    origin,
    suites,
    promised,
    served,
    libraries,
    key,
  }: {
    readonly origin: string;
    readonly suites: readonly string[];
    readonly promised: readonly string[];
    readonly served: string;
    readonly libraries: readonly FakeLibrary[];
    readonly key: ArchiveKey;
  },
): void {
  const packages = libraries.map((library) => packageEntry(folder, library, served)).join('\n');
  for (const suite of suites) {
    const put = (file: string, text: string): void => {
      mkdirSync(dirname(join(folder, 'dists', suite, file)), { recursive: true });
      writeFileSync(join(folder, 'dists', suite, file), text);
    };
    put(`main/binary-${served}/Packages`, packages);
    put(`main/binary-${served}/Release`, `Origin: ${origin}\nArchitecture: ${served}\nComponent: main\n`);
    const sums = promised.map((architecture) => {
      const text = architecture === served ? packages : `promised ${architecture}`;
      return ` ${digestOf(text)} ${text.length} main/binary-${architecture}/Packages`;
    });
    const release = [
      `Origin: ${origin}`,
      `Label: ${origin}`,
      `Suite: ${suite}`,
      `Codename: ${suite}`,
      'Date: Sat, 21 Nov 2026 00:00:00 UTC',
      `Architectures: ${promised.join(' ')}`,
      'Components: main',
      'SHA256:',
      ...sums,
      '',
    ];
    put('InRelease', key.sign(release.join('\n')));
  }
}

/** Builds a package that shares a name and version with the host's own, and nothing else. */
function packageEntry(folder: string, { name, version }: FakeLibrary, architecture: string): string {
  const root = join(folder, 'root', name);
  const control = [
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Multi-Arch: same',
    'Maintainer: A <a@example.org>',
    'Description: look-alike',
    '',
  ].join('\n');
  mkdirSync(join(root, 'DEBIAN'), { recursive: true });
  mkdirSync(join(root, 'opt', `${name}-${architecture}`), { recursive: true });
  writeFileSync(join(root, 'DEBIAN/control'), control);
  mkdirSync(join(folder, 'pool'), { recursive: true });
  const file = join(folder, 'pool', `${name}.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', root, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const bytes = readFileSync(file);
  return `${control}Filename: pool/${name}.deb\nSize: ${bytes.length}\nSHA256: ${digestOf(bytes)}\n`;
}

const digestOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
