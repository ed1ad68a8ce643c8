import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { lookAtRepository, readBuildable } from './repository.ts';

async function addPackage(host: RecordingHost, name: string, version: string, more: readonly string[] = []): Promise<void> {
  const debian = join(host.files.workspace, 'all', name, 'debian');
  await mkdir(debian, { recursive: true });
  await writeFile(
    join(debian, 'changelog'),
    `${name} (${version}) unstable; urgency=low\n\n  * First.\n\n -- A Person <a@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n`,
  );
  const source = [`Source: ${name}`, 'Maintainer: A Person <a@example.org>', ...more];
  const binary = [`Package: ${name}`, 'Architecture: any', `Provides: ${name}-api (= 1)`, 'Description: x'];
  await writeFile(join(debian, 'control'), `${source.join('\n')}\n\n${binary.join('\n')}\n`);
}

describe('a folder of several packages', () => {
  test('is one release of all of them', async () => {
    await using host = await recordingHost();
    for (const name of ['liba', 'appb']) await addPackage(host, name, '1.2.0');
    const found = await lookAtRepository('all', false, host);
    expect(found).toMatchObject({ kind: 'several', version: '1.2.0', tags: undefined, folder: join(host.files.workspace, 'all') });
    expect(found.entries.map((entry) => entry.package)).toEqual(['appb', 'liba']);
  });

  test('of different versions needs a tag', async () => {
    await using host = await recordingHost();
    await addPackage(host, 'liba', '1.2.0');
    await addPackage(host, 'appb', '1.3.0');
    await expect(lookAtRepository('all', false, host)).rejects.toThrowWithCode('E_VERSION', /different versions: 1\.3\.0, 1\.2\.0/);
    expect((await lookAtRepository('all', true, host)).kind).toBe('several');
  });

  test('is no source when there is no package in it', async () => {
    await using host = await recordingHost();
    await expect(lookAtRepository('.', false, host)).rejects.toThrowWithCode('E_SOURCE', /debian\/control/);
    await expect(lookAtRepository('nowhere', false, host)).rejects.toThrowWithCode('E_SOURCE', /does not exist/);
  });
});

test('a package makes what it names and provides, and needs what it is built with', async () => {
  await using host = await recordingHost();
  const fields = [
    'Build-Depends: debhelper-compat (= 13), libx-dev (>= 1) | liby-dev',
    'Build-Depends-Arch: libz-dev [amd64] <!nocheck>',
    'Build-Conflicts: libq-dev',
  ];
  await addPackage(host, 'liba', '1.2.0', fields);
  expect(await readBuildable(join(host.files.workspace, 'all/liba'), 'liba')).toEqual({
    name: 'liba',
    makes: ['liba', 'liba-api'],
    needs: ['debhelper-compat', 'libx-dev', 'liby-dev', 'libz-dev'],
  });
});
