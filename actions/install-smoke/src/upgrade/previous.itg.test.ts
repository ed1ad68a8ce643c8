import { mkdir, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Host, type RecordingHost, recordingHost } from '@release-kit/action';
import { type PreviousRelease, readConfig } from '@release-kit/config';
import { type BaseSystem, basePackages, findProgram, parseDistribution, prepareBase } from '@release-kit/machine';
import { loopbackArchive } from '@release-kit/machine/loopback-archive';
import { aptSearch } from '../apt/apt-search.ts';
import { findPrevious } from './previous.ts';

const able = process.getuid?.() === 0 && (await findProgram('mmdebstrap', process.env['PATH'])) !== undefined;
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
/** Milliseconds. */
const long = 300_000;

const control = (version: string) =>
  `Package: tool\nVersion: ${version}\nArchitecture: amd64\nMaintainer: A <a@example.org>\nDescription: for a test\n`;

async function packageAt(host: Host, folder: string, version: string): Promise<void> {
  await using root = await host.files.temporary('package');
  await mkdir(join(root.path, 'DEBIAN'));
  await writeFile(join(root.path, 'DEBIAN/control'), control(version));
  await mkdir(folder, { recursive: true });
  // Its name says nothing: what it is, is read from it.
  await host.exec(['dpkg-deb', '--root-owner-group', '--build', root.path, join(folder, `${version}.deb`)]);
}

(able || process.env['CI'] ? describe : describe.skip)('the previous release', () => {
  let base: BaseSystem;

  beforeAll(async () => {
    await using host = await recordingHost({ cache });
    base = await prepareBase(host, { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: basePackages.smoke });
  }, 600_000);

  /** What is found for version 2.0: its version, why there is none, or what is wrong. */
  async function found(host: RecordingHost, previous: PreviousRelease): Promise<string> {
    const tool = { name: 'tool', version: '2.0', architecture: 'amd64', file: '/none' };
    const target = {
      name: 'debian:12/amd64',
      distribution: 'debian:12',
      architecture: 'amd64',
      builtFor: 'debian:12',
      image: undefined,
      debs: [],
    };
    const ground = {
      ...{ host, base, engine: 'nspawn' as const, target },
      packages: { label: 'new', packages: [tool] },
      config: await readConfig('{}', 'release-kit.yml'),
    };
    try {
      await using release = await findPrevious(ground, { previous, githubToken: undefined, search: aptSearch(host) });
      return release.kind === 'found' ? release.set.packages.map(({ version }) => version).join(' ') : release.reason;
    } catch (error) {
      return String(error);
    }
  }

  test(
    'in a folder is the newest lower package, whatever the files are called',
    async () => {
      await using host = await recordingHost({ cache });
      const folder = join(host.files.workspace, 'old');
      for (const version of ['1.9', '1.10', '3.0']) await packageAt(host, folder, version);
      expect(await found(host, { from: 'folder', path: './old' })).toBe('1.10');
      await rename(join(folder, '1.9.deb'), join(host.files.workspace, '1.9.deb'));
      await rename(join(folder, '1.10.deb'), join(host.files.workspace, '1.10.deb'));
      expect(await found(host, { from: 'folder', path: './old' })).toMatch(
        /cannot be upgraded from: it has tool 3\.0, which is not lower than 2\.0/,
      );
      await writeFile(join(folder, 'damaged.deb'), 'x');
      expect(await found(host, { from: 'folder', path: './old' })).toMatch(/damaged\.deb is not a package that dpkg can read/);
      expect(await found(host, { from: 'folder', path: './nothing' })).toMatch(/cannot be had: .*nothing does not exist/);
    },
    long,
  );

  test(
    'in an archive is had by its keys alone',
    async () => {
      await using host = await recordingHost({ cache });
      await using archive = await loopbackArchive(host, host.files.workspace, 'stable', control('1.5'));
      const source = (keys: string) => `deb [signed-by=${keys}] ${archive.address} stable main`;
      expect(await found(host, { from: 'apt', source: source(archive.keyring) })).toBe('1.5');
      const other = join(host.files.workspace, 'other.gpg');
      await writeFile(other, '');
      expect(await found(host, { from: 'apt', source: source(other) })).toMatch(/cannot be had: .*(?:NO_PUBKEY|not signed)/);
      expect(await found(host, { from: 'apt', source: source('/no/such.gpg') })).toMatch(/no\/such\.gpg cannot be read/);
    },
    long,
  );
});
