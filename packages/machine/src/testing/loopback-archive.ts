import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { listening } from '@release-kit/action/loopback-server';

export interface LoopbackArchive extends AsyncDisposable {
  readonly address: string;
  /** Absolute file with the public key it is signed with. */
  readonly keyring: string;
}

/** A signed archive of one package, made with dpkg-deb and gpg, and served on the loopback interface. */
export async function loopbackArchive(host: Host, folder: string, suite: string, control: string): Promise<LoopbackArchive> {
  const home = join(folder, 'gnupg');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const gpg = (...args: readonly string[]) =>
    host.exec(['gpg', '--homedir', home, '--batch', '--yes', '--passphrase', '', ...args], { cwd: '/' });
  await gpg('--quick-generate-key', 'archive@example.org', 'ed25519', 'sign', 'never');
  const keyring = join(folder, 'archive.gpg');
  await gpg('--output', keyring, '--export', 'archive@example.org');

  const root = join(folder, 'archive');
  const binary = join(root, 'dists', suite, 'main/binary-amd64');
  await mkdir(join(folder, 'package/DEBIAN'), { recursive: true });
  await mkdir(join(root, 'pool'), { recursive: true });
  await mkdir(binary, { recursive: true });
  await writeFile(join(folder, 'package/DEBIAN/control'), control);
  await host.exec(['dpkg-deb', '--build', '--root-owner-group', join(folder, 'package'), join(root, 'pool/package.deb')], { cwd: '/' });
  const { size } = await stat(join(root, 'pool/package.deb'));
  const packages = `${control}Filename: pool/package.deb\nSize: ${size}\nSHA256: ${await sha256(join(root, 'pool/package.deb'))}\n`;
  await writeFile(join(binary, 'Packages'), packages);
  const entry = ` ${await sha256(join(binary, 'Packages'))} ${Buffer.byteLength(packages)} main/binary-amd64/Packages`;
  const release = [
    `Suite: ${suite}`,
    `Codename: ${suite}`,
    `Date: ${new Date().toUTCString()}`,
    'Architectures: amd64',
    'Components: main',
  ];
  await writeFile(join(folder, 'Release'), `${[...release, 'SHA256:', entry].join('\n')}\n`);
  await gpg('--output', join(root, 'dists', suite, 'InRelease'), '--clearsign', join(folder, 'Release'));

  const server = createServer((request, response) => {
    readFile(join(root, new URL(request.url ?? '/', 'http://localhost').pathname)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  const served = await listening(server);
  return {
    address: `http://${served.host}`,
    keyring,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await host.exec(['gpgconf', '--homedir', home, '--kill', 'all'], { cwd: '/', allow: 'any' });
    },
  };
}

const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
