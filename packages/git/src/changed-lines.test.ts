import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { changedLines, openGit, pullRequestBase } from './index.ts';

const person = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b.example', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b.example' };

function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', ...person };
  return execFileSync('git', args, { cwd: folder, env, stdio: 'pipe', encoding: 'utf8' }).trim();
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** Commits all files, and says which commit it is. */
async function commit(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  await write(folder, files);
  git(folder, 'add', '--all');
  git(folder, 'commit', '-q', '-m', 'x', '--allow-empty');
  return git(folder, 'rev-parse', 'HEAD');
}

function checkoutIn(host: RecordingHost): string {
  git(host.files.workspace, 'init', '-q', '-b', 'main');
  return host.files.workspace;
}

const numbers = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join('');

describe('changedLines', () => {
  test('names lines as they are numbered now; lines that went leave none', async () => {
    await using host = await recordingHost();
    const folder = checkoutIn(host);
    const base = await commit(folder, { same: 'x\n', edited: numbers(1, 20), shorter: numbers(1, 5), 'no end': 'a' });
    await commit(folder, {
      edited: `new\n${numbers(1, 9)}ten\n${numbers(11, 20)}end\n`,
      shorter: numbers(3, 5),
      'no end': 'b',
      made: '1\n2\n',
    });
    await using opened = await openGit(host, folder);
    expect([...(await changedLines(opened, base, ['edited', 'made', 'no end', 'same', 'shorter', 'absent']))]).toEqual([
      [
        'edited',
        [
          { first: 1, last: 1 },
          { first: 11, last: 11 },
          { first: 22, last: 22 },
        ],
      ],
      ['made', [{ first: 1, last: 2 }]],
      ['no end', [{ first: 1, last: 1 }]],
      ['shorter', []],
    ]);
  });

  test('names that look like options, patterns or patches are only names', async () => {
    await using host = await recordingHost();
    const folder = checkoutIn(host);
    const hostile = ['-O', ':(exclude)a', '*', 'a\n@@ -1 +5,9 @@\ndiff --git a/b b/b', 'b\t"\\', '\u202eü'];
    const base = await commit(folder, { other: 'x\n' });
    await commit(folder, { other: 'y\n', ...Object.fromEntries(hostile.map((name) => [name, 'one\n'])) });
    await using opened = await openGit(host, folder);
    const changed = await changedLines(opened, base, hostile);
    expect(Object.fromEntries(changed)).toEqual(Object.fromEntries(hostile.map((name) => [name, [{ first: 1, last: 1 }]])));
  });

  test('content that looks like a patch is only content', async () => {
    await using host = await recordingHost();
    const folder = checkoutIn(host);
    const fake = 'diff --git a/x b/x\n@@ -1 +7,3 @@\n+++ b/x\n\\ No newline at end of file\n';
    const base = await commit(folder, { file: 'old\n' });
    await commit(folder, { file: `old\n${fake}` });
    await using opened = await openGit(host, folder);
    expect([...(await changedLines(opened, base, ['file']))]).toEqual([['file', [{ first: 2, last: 5 }]]]);
  });

  test('settings and attributes of the repository hide nothing', async () => {
    await using host = await recordingHost();
    const folder = checkoutIn(host);
    for (const [key = '', value = ''] of [
      ['diff.noprefix', 'true'],
      ['diff.context', '9'],
      ['diff.interHunkContext', '99'],
      ['color.ui', 'always'],
      ['diff.external', 'false'],
      ['diff.mad.textconv', 'false'],
    ])
      git(folder, 'config', key, value);
    const base = await commit(folder, { '.gitattributes': '* -diff\nother diff=mad\n', file: numbers(1, 9), other: 'a\n' });
    await commit(folder, { file: numbers(1, 9).replace('3', 'x').replace('6', 'y'), other: 'b\n' });
    await using opened = await openGit(host, folder);
    expect([...(await changedLines(opened, base, ['file', 'other']))]).toEqual([
      [
        'file',
        [
          { first: 3, last: 3 },
          { first: 6, last: 6 },
        ],
      ],
      ['other', [{ first: 1, last: 1 }]],
    ]);
  });

  test('modes, links and binary content are told apart from lines', async () => {
    await using host = await recordingHost();
    const folder = checkoutIn(host);
    const base = await commit(folder, { mode: 'a\n', link: 'a\n', zz: 'a\n' });
    await chmod(join(folder, 'mode'), 0o755);
    await rm(join(folder, 'link'));
    await symlink('mode', join(folder, 'link'));
    await commit(folder, { zz: 'a\u0000\n' });
    await using opened = await openGit(host, folder);
    expect([...(await changedLines(opened, base, ['link', 'mode', 'zz']))]).toEqual([
      ['link', [{ first: 1, last: 1 }]],
      ['mode', []],
      ['zz', [{ first: 1, last: 1 }]],
    ]);
  });
});

describe('pullRequestBase', () => {
  test('of a trial merge it is the first parent, and two commits are history enough', async () => {
    await using host = await recordingHost();
    const folder = checkoutIn(host);
    await commit(folder, { a: '1\n' });
    git(folder, 'checkout', '-q', '-b', 'topic');
    const headSha = await commit(folder, { b: '1\n' });
    git(folder, 'checkout', '-q', 'main');
    const baseSha = await commit(folder, { a: '2\n' });
    git(folder, 'merge', '-q', '--no-ff', '-m', 'trial', 'topic');
    const shallow = join(host.files.workspace, 'shallow');
    git(folder, 'clone', '-q', '--depth', '2', `file://${folder}`, shallow);
    await using opened = await openGit(host, shallow);
    expect(await pullRequestBase(opened, { headSha, baseSha })).toEqual({ kind: 'known', commit: baseSha });
    await using whole = await openGit(host, folder);
    git(folder, 'checkout', '-q', 'topic');
    const left = git(folder, 'merge-base', baseSha, 'topic');
    expect(await pullRequestBase(whole, { headSha, baseSha })).toEqual({ kind: 'known', commit: left });
  });

  test('a checkout of one commit cannot tell, and says what helps', async () => {
    await using host = await recordingHost();
    const folder = checkoutIn(host);
    const baseSha = await commit(folder, { a: '1\n' });
    const headSha = await commit(folder, { a: '2\n' });
    const shallow = join(host.files.workspace, 'shallow');
    git(folder, 'clone', '-q', '--depth', '1', `file://${folder}`, shallow);
    await using opened = await openGit(host, shallow);
    expect(await pullRequestBase(opened, { headSha, baseSha })).toEqual({
      kind: 'unknown',
      reason: 'the checkout has no history: give actions/checkout fetch-depth: 2',
    });
    await using whole = await openGit(host, folder);
    expect(await pullRequestBase(whole, { headSha, baseSha: 'f'.repeat(40) })).toMatchObject({ kind: 'unknown' });
  });
});
