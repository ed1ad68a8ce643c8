import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, missingTools, prepareBase } from '@release-kit/machine';
import { addBuildUser } from './build-user.ts';
import { inspectPackages } from './package-content.ts';

/** A package with all that makes lists of files hard to read. */
const script = `set -e
mkdir -p /p/DEBIAN /p/usr/bin /p/usr/lib/debug /p/ro /o; cd /p
printf 'Package: odd\\nVersion: 1\\nArchitecture: amd64\\nMaintainer: A <a@b.example>\\nDescription: x\\n' > DEBIAN/control
printf '#!/bin/sh\\n' > DEBIAN/postinst; chmod 755 DEBIAN/postinst
cp /bin/ls usr/bin/ls; ln usr/bin/ls usr/bin/second; chmod 4755 usr/bin/ls
cp /bin/true 'usr/bin/new -> x'; cp /bin/true usr/bin/-n; cp /bin/true usr/lib/debug/left-out
echo x > ro/secret; chmod 000 ro/secret; chmod 555 ro; chown -R 1234:5678 ro
touch "$(printf 'latin\\351')"; printf 'xx\\177ELFyy%060d' 0 > usr/bin/no-elf; head -c 3000 /bin/ls > usr/bin/cut-off
dpkg-deb -Zgzip -b /p /o/odd_1_amd64.deb
dpkg-deb -Zgzip -b /p /o/more_1_amd64.deb
printf x > /o/broken.deb
chown -R builder /o`;

/** Base systems are made once for all tests and runs. */
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const able = process.getuid?.() === 0 && (await missingTools({ env: (name) => process.env[name] })).length === 0;
const machines = able || process.env['CI'] ? describe : describe.skip;

machines('looking into packages', () => {
  test('finds every file, owner, mode and program, whatever they are called and whoever may read them', async () => {
    await using host = await recordingHost({ cache });
    const distribution = parseDistribution('debian:12');
    const base = await prepareBase(host, { distribution, architecture: 'amd64', packages: basePackages.build });
    await using machine = await createMachine(host, base, 'nspawn');
    await addBuildUser(machine);
    await machine.run(['sh', '-c', script]);
    const packages = ['odd_1_amd64.deb', 'more_1_amd64.deb'].map((file) => ({ file, control: 'Package: odd\n' }));

    const [odd, more] = await inspectPackages(machine, '/o', packages, 'deep', 60_000);
    expect(odd?.dataMember).toBe('data.tar.gz');
    expect(odd?.entries.map(({ path, kind, mode, user, group }) => `${kind} ${mode} ${user}:${group} ${path}`).slice(1)).toEqual([
      'file -rw-r--r-- 0:0 latin\\351',
      'folder dr-xr-xr-x 1234:5678 ro',
      'file ---------- 1234:5678 ro/secret',
      'folder drwxr-xr-x 0:0 usr',
      'folder drwxr-xr-x 0:0 usr/bin',
      'file -rwxr-xr-x 0:0 usr/bin/-n',
      'file -rw-r--r-- 0:0 usr/bin/cut-off',
      'file -rwsr-xr-x 0:0 usr/bin/ls',
      'file -rwxr-xr-x 0:0 usr/bin/new -> x',
      'file -rw-r--r-- 0:0 usr/bin/no-elf',
      'hard-link hrwsr-xr-x 0:0 usr/bin/second',
      'folder drwxr-xr-x 0:0 usr/lib',
      'folder drwxr-xr-x 0:0 usr/lib/debug',
      'file -rwxr-xr-x 0:0 usr/lib/debug/left-out',
    ]);
    expect([...(odd?.elf.keys() ?? [])].sort()).toEqual([
      'usr/bin/-n',
      'usr/bin/cut-off',
      'usr/bin/ls',
      'usr/bin/new -> x',
      'usr/bin/second',
    ]);
    expect(odd?.elf.get('usr/bin/ls')?.needed).toContain('libc.so.6');
    expect([...(odd?.sums.control.keys() ?? [])]).toEqual(['postinst']);
    expect(odd?.sums.files.get('usr/bin/ls')).toBe(odd?.sums.files.get('usr/bin/second'));
    expect(more?.elf.size).toBe(odd?.elf.size);

    const [plain] = await inspectPackages(machine, '/o', packages, 'plain', 60_000);
    expect(plain?.sums).toEqual({ files: new Map(), control: new Map() });
    expect(plain?.elf.get('usr/bin/ls')).toMatchObject({ defines: [], type: 'executable' });
    await expect(
      inspectPackages(machine, '/o', [{ file: 'broken.deb', control: 'Package: odd\n' }], 'plain', 60_000),
    ).rejects.toThrowWithCode('E_DEB');
  }, 300_000);
});
