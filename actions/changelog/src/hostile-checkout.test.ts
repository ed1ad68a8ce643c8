import { chmod, chown, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectForEach } from './project-for-each.test-support.ts';
import type { Step } from './test-history.ts';

const project = projectForEach();
const { changelog, git, history } = project;

describe('whoever made the checkout', () => {
  test('a folder inside it, a link to it and a worktree of it will do', async () => {
    await history('feat: one', 'tag v1.0.0', 'fix: two');
    await mkdir(join(project.checkout, 'a/b'), { recursive: true });
    await symlink(join(project.checkout, 'a'), join(project.host.files.workspace, 'link'));
    await git('worktree', 'add', '-q', '--detach', join(project.host.files.workspace, 'tree'), 'v1.0.0');
    expect(await changelog({ source: 'project/a/b' })).toMatchObject({ version: '1.0.1' });
    expect(await changelog({ source: 'link/b' })).toMatchObject({ version: '1.0.1' });
    expect(await changelog({ source: 'tree' })).toMatchObject({ version: '1.0.0' });
  });

  test("another user's checkout is read, as root in a container meets it", async () => {
    if (process.getuid?.() !== 0) return;
    await history('feat: one');
    for (const path of [project.checkout, join(project.checkout, '.git')]) await chown(path, 12_345, 12_345);
    await expect(git('rev-parse', 'HEAD')).rejects.toThrowWithCode('E_COMMAND');
    expect(await changelog()).toMatchObject({ version: '0.1.0' });
  });

  test('its configuration cannot start a program or change the answer', async () => {
    await history('feat: one', 'tag v1.0.0', 'fix: two');
    const trap = join(project.checkout, 'trap');
    await writeFile(trap, `#!/bin/sh\ntouch ${project.checkout}/sprung\n`);
    await chmod(trap, 0o755);
    for (const key of ['core.fsmonitor', 'core.pager', 'gpg.program', 'core.sshCommand', 'alias.log', 'log.diffMerges'])
      await git('config', key, key === 'alias.log' ? `!${trap}` : trap);
    for (const [key, value] of [
      ['log.showSignature', 'true'],
      ['color.ui', 'always'],
      ['format.pretty', 'oneline'],
      ['log.showRoot', 'true'],
      ['log.follow', 'true'],
    ] as const)
      await git('config', key, value);
    await git('config', '--unset', 'log.diffMerges');
    expect(await changelog()).toMatchObject({ version: '1.0.1', notes: expect.stringMatching(/^## Fixes\n\n- two \(/) });
    await expect(readFile(join(project.checkout, 'sprung'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('hostile commits', () => {
  test('come out inert in log, notes and summary (H3, H5)', async () => {
    await history(
      'feat: one',
      'tag v1.0.0',
      'feat: ::error::a ##[add-mask]b %0A::set-output',
      'fix: \u001b[31m\u0008 <img src=x> @everyone fixes #1',
      ['docs: \r::warning::x', '::error::in the body'],
    );
    const { notes } = await changelog();
    expect(notes).not.toMatch(/[\u001b\u0008\r]|##\[|<img|@everyone|#1|^[ \t]*::/m);
    expect(project.host.recorded.annotations).toEqual([]);
    expect(project.host.recorded.masked).toEqual([]);
    expect(project.host.recorded.lines.join('\n')).not.toMatch(/^[ \t]*::|##\[/m);
  });

  test('that are not UTF-8 are still commits', async () => {
    await history('feat: one', 'tag v1.0.0');
    const stream = Buffer.concat([
      Buffer.from('commit refs/heads/main\ncommitter A <a@b> 1700009999 +0000\ndata 8\n'),
      Buffer.from('fix: \xe9\xff\n', 'latin1'),
      Buffer.from('from refs/heads/main^0\n'),
    ]);
    await project.host.exec(['git', 'fast-import', '--quiet'], { cwd: project.checkout, stdin: stream });
    expect(await changelog()).toMatchObject({ version: '1.0.1', notes: expect.stringContaining('\ufffd') });
  });

  test('of 2 MiB each, and 20,000 of them, are read in a moment (H4)', async () => {
    const many = Array.from({ length: 20_000 }, (_, index): Step => [`fix: number ${index}`, 'Some words.\n\nRefs: 1']);
    await history(
      'feat: one',
      'tag v1.0.0',
      `fix: ${'('.repeat(2 * 1024 * 1024)}`,
      ['fix: x', 'BREAKING CHANGE: '.repeat(120_000)],
      ...many,
    );
    const start = performance.now();
    const { notes, version } = await changelog();
    expect(version).toBe('2.0.0');
    expect(notes).toContain('(20002 commits)');
    expect(performance.now() - start).toBeLessThan(30_000);
  }, 60_000);
});
