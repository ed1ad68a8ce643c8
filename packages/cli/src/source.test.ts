import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { lookAtSource } from './source.ts';

const changelog = 'probe (1.0.0-1) unstable; urgency=low\n\n  * First.\n\n -- A Person <a@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n';

async function tree(host: RecordingHost, text = changelog): Promise<string> {
  const folder = join(host.files.workspace, 'tree');
  await mkdir(join(folder, 'debian'), { recursive: true });
  await writeFile(join(folder, 'debian', 'changelog'), text);
  return folder;
}

const git = (folder: string, ...args: string[]): void => {
  const settings = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...settings, ...args], { cwd: folder, stdio: 'ignore' });
};

describe('a tree', () => {
  test('is known by its newest changelog entry', async () => {
    await using host = await recordingHost();
    const folder = await tree(host);
    expect(await lookAtSource('tree', host)).toMatchObject({ kind: 'tree', path: folder, folder, version: '1.0.0-1', tags: undefined });
  });

  test('at the top of a checkout knows the release tags of its commit, greatest first', async () => {
    await using host = await recordingHost();
    const folder = await tree(host);
    git(folder, 'init');
    git(folder, 'add', '.');
    git(folder, 'commit', '-m', 'feat: first');
    for (const tag of ['v0.9.0', 'v0.10.0', 'nightly']) git(folder, 'tag', tag);
    expect((await lookAtSource('tree', host)).tags).toEqual(['v0.10.0', 'v0.9.0']);
  });

  test('inside a larger checkout has no history of its own', async () => {
    await using host = await recordingHost();
    await tree(host);
    git(host.files.workspace, 'init');
    expect((await lookAtSource('tree', host)).tags).toBeUndefined();
  });

  test('with an empty changelog is refused with its place', async () => {
    await using host = await recordingHost();
    await tree(host, '\n');
    await expect(lookAtSource('tree', host)).rejects.toThrowWithCode('E_CHANGELOG');
  });
});

test('a path that is not there, and a folder without debian/, are no sources', async () => {
  await using host = await recordingHost();
  await expect(lookAtSource('nowhere', host)).rejects.toThrowWithCode('E_SOURCE', /does not exist/);
  await expect(lookAtSource('.', host)).rejects.toThrowWithCode('E_SOURCE', /debian\/changelog/);
});

test('a .dsc file is known by its own version', async () => {
  await using host = await recordingHost();
  const sum = 'e'.repeat(64);
  const fields = [
    'Format: 3.0 (native)',
    'Source: probe',
    'Binary: probe',
    'Architecture: any',
    'Version: 2.10-3',
    'Maintainer: A <a@example.org>',
  ];
  const files = ['Checksums-Sha256:', ` ${sum} 10 probe_2.10-3.tar.xz`, 'Files:', ` ${'e'.repeat(32)} 10 probe_2.10-3.tar.xz`];
  await writeFile(join(host.files.workspace, 'probe_2.10-3.dsc'), `${[...fields, ...files].join('\n')}\n`);
  expect(await lookAtSource('probe_2.10-3.dsc', host)).toMatchObject({
    kind: 'dsc',
    version: '2.10-3',
    newest: undefined,
    tags: undefined,
  });
});
