import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { findCheckout, openGit } from './index.ts';

const nobody = 65_534;
const asRoot = process.getuid?.() === 0 || process.env['CI'] !== undefined ? test : test.skip;
const person = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b.example', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b.example' };

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folder, env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', ...person }, stdio: 'pipe' });
}

/** A checkout with one commit of one file. */
async function checkoutIn(host: RecordingHost): Promise<string> {
  const folder = join(host.files.workspace, 'the "checkout"');
  await mkdir(join(folder, 'inner'), { recursive: true });
  await writeFile(join(folder, 'inner/file'), 'one\n');
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  return folder;
}

describe('findCheckout', () => {
  test('finds the root from a folder below it, through links', async () => {
    await using host = await recordingHost();
    const folder = await checkoutIn(host);
    await symlink(join(folder, 'inner'), join(host.files.workspace, 'link'));
    expect(await findCheckout(join(host.files.workspace, 'link'))).toBe(folder);
  });

  test('a folder outside every checkout is refused', async () => {
    await expect(findCheckout('/proc')).rejects.toThrowWithCode('E_GIT', /not inside a git checkout/);
  });
});

describe('openGit', () => {
  asRoot('reads a checkout that belongs to another user', async () => {
    await using host = await recordingHost();
    const folder = await checkoutIn(host);
    await chown(folder, nobody, nobody);
    await chown(join(folder, '.git'), nobody, nobody);
    await using opened = await openGit(host, folder);
    expect((await opened.run(['log', '--format=%s'])).stdout).toBe('first\n');
  });

  test('starts nothing that the configuration of the repository names', async () => {
    await using host = await recordingHost();
    const folder = await checkoutIn(host);
    const proof = join(host.files.workspace, 'started');
    const program = join(host.files.workspace, 'program');
    await writeFile(program, `#!/bin/sh\ntouch '${proof}'\n`, { mode: 0o755 });
    git(folder, 'config', 'core.fsmonitor', program);
    await writeFile(join(folder, 'inner/file'), 'two\n');
    await using opened = await openGit(host, folder);
    expect((await opened.run(['diff', '--name-only', 'HEAD'])).stdout).toBe('inner/file\n');
    expect(existsSync(proof)).toBe(false);
    git(folder, 'diff', '--name-only', 'HEAD'); // git as people run it does start it, or this test would prove nothing
    expect(existsSync(proof)).toBe(true);
  });

  test('what git refuses is told as such', async () => {
    await using host = await recordingHost();
    const folder = await checkoutIn(host);
    await using opened = await openGit(host, folder);
    await expect(opened.run(['log', 'no-such-name'])).rejects.toThrowWithCode('E_GIT', /cannot read the history/);
  });
});
