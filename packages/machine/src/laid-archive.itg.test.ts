import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { createMachine } from './index.ts';
import { layArchive, readLaidArchive } from './laid-archive.ts';
import { buildBaseForAll } from './testing/build-base.ts';
import { loopbackArchive } from './testing/loopback-archive.ts';
import { able } from './testing/traces.ts';

const control = [
  ...['Package: hostname', 'Version: 99+rpt1', 'Architecture: amd64', 'Maintainer: Test <test@example.org>'],
  'Description: newer than that of the distribution\n',
].join('\n');

(able ? describe : describe.skip)('an archive laid over a base system', () => {
  const given = buildBaseForAll();

  test('its newer packages are in the machine, which knows it; the second time it comes from the cache', async () => {
    await using host = await recordingHost({ cache: given.cache });
    await using archive = await loopbackArchive(host, host.files.workspace, 'bookworm', control);
    const laid = readLaidArchive(archive.address, 'bookworm', archive.keyring);
    const system = await layArchive(host, given.base, laid);
    await using machine = await createMachine(host, system, 'nspawn');
    const { stdout } = await machine.run(
      ['/bin/sh', '-c', 'dpkg --status hostname | grep ^Version; stat -c %a /; apt-cache policy hostname'],
      {},
    );
    expect(stdout).toMatch(/^Version: 99\+rpt1\n755\n/);
    expect(stdout).toContain(`${archive.address} bookworm/main`);
    expect((await layArchive(host, given.base, laid)).origin).toBe('cache');
  }, 300_000);

  test('one that is signed by others, or does not answer, is refused by its name', async () => {
    await using host = await recordingHost({ cache: given.cache });
    const other = join(host.files.workspace, 'other.gpg');
    await using archive = await loopbackArchive(host, host.files.workspace, 'bookworm', control);
    await writeFile(other, '');
    await expect(layArchive(host, given.base, readLaidArchive(archive.address, 'bookworm', other))).rejects.toThrowWithCode(
      'E_BASE_SYSTEM',
      /cannot be used: .*(?:NO_PUBKEY|not signed)/,
    );
    await expect(layArchive(host, given.base, readLaidArchive(archive.address, 'trixie', archive.keyring))).rejects.toThrowWithCode(
      'E_BASE_SYSTEM',
    );
    await expect(layArchive(host, given.base, readLaidArchive(archive.address, 'bookworm', '/no/such.gpg'))).rejects.toThrowWithCode(
      'E_BASE_SYSTEM',
      /cannot be read/,
    );
  }, 300_000);
});
