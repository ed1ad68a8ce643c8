import { execFileSync } from 'node:child_process';
import { chown, lstat, mkdir, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { openGit } from '@release-kit/git';
import { applyPatch, fixSource } from './fix-source.ts';

// What is refused before a machine is needed. lintian-brush itself: test/integration/lint-fix.test.ts.
function git(folder: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null' };
  return execFileSync('git', [...who, ...args], { cwd: folder, env, encoding: 'utf8' });
}

async function write(host: RecordingHost, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(host.files.workspace, name)), { recursive: true });
  await writeFile(join(host.files.workspace, name), text);
}

test('a folder that is no source, or in no checkout, is refused', async () => {
  await using host = await recordingHost();
  await expect(fixSource('.', {}, host)).rejects.toThrowWithCode('E_SOURCE', /holds no debian\/control/);
  await write(host, 'debian/control', 'Source: x\n');
  await expect(fixSource('.', {}, host)).rejects.toThrowWithCode('E_GIT', /is not inside a git checkout/);
});

test.each([
  ['a changed file', async (host: RecordingHost) => write(host, 'pkg/debian/control', 'Source: y\n')],
  ['a new file', async (host: RecordingHost) => write(host, 'pkg/debian/new', '')],
  ['a removed file', async (host: RecordingHost) => rm(join(host.files.workspace, 'pkg/debian/rules'))],
  [
    'a file that became a link',
    async (host: RecordingHost) => {
      await rm(join(host.files.workspace, 'pkg/debian/rules'));
      await symlink('control', join(host.files.workspace, 'pkg/debian/rules'));
    },
  ],
])('%s that is not committed is refused, so that nothing is lost', async (_, change) => {
  await using host = await recordingHost();
  git(host.files.workspace, 'init', '-q');
  for (const name of ['pkg/debian/control', 'pkg/debian/rules']) await write(host, name, 'Source: x\n');
  git(host.files.workspace, 'add', '-A');
  git(host.files.workspace, 'commit', '-qm', 'x');
  await change(host);
  await expect(fixSource('pkg', {}, host)).rejects.toThrowWithCode('E_GIT', /changes that are not committed: pkg\/debian\//);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('what is changed keeps its owner, and no link hands him a file elsewhere', async () => {
  await using host = await recordingHost();
  await using elsewhere = await host.files.temporary('elsewhere');
  const { workspace } = host.files;
  const victim = join(elsewhere.path, 'shadow');
  await writeFile(victim, 'secret');
  git(workspace, 'init', '-q');
  await write(host, 'debian/rules', 'one\n');
  await symlink('rules', join(workspace, 'debian/link'));
  git(workspace, 'add', '-A');
  git(workspace, 'commit', '-qm', 'x');
  await write(host, 'debian/rules', 'two\n');
  await rm(join(workspace, 'debian/link'));
  await symlink(victim, join(workspace, 'debian/link'));
  const patch = join(elsewhere.path, 'patch');
  await writeFile(patch, git(workspace, 'diff'));
  git(workspace, 'checkout', '-q', '.');
  await chown(workspace, 4711, 4711);
  await using opened = await openGit(host, workspace);
  expect(await applyPatch(opened, '', patch)).toEqual(['debian/link', 'debian/rules']);
  expect(await readlink(join(workspace, 'debian/link'))).toBe(victim);
  expect((await stat(victim)).uid).toBe(0);
  expect((await lstat(join(workspace, 'debian/link'))).uid).toBe(4711);
  expect((await stat(join(workspace, 'debian/rules'))).uid).toBe(4711);
});
