import { chmod, chown, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run } from './run.ts';
import { spec } from './spec.ts';

let host: RecordingHost;
let checkout: string;
beforeEach(async () => {
  host = await recordingHost();
  checkout = join(host.files.workspace, 'project');
  await mkdir(checkout);
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

/** `subject`, or `[subject, body]`, or a tag: `tag v1.0.0` (lightweight), `annotated v1.0.0`, or `branch name` that starts at the first commit. */
type Step = string | readonly [subject: string, body: string];

/** A history made by git itself, the same bytes every time. */
async function history(...steps: readonly Step[]): Promise<void> {
  const parts: (string | Buffer)[] = [];
  let branch = 'main';
  let mark = 0;
  for (const step of steps) {
    const [word = '', name = ''] = typeof step === 'string' ? step.split(' ') : [];
    const who = `A U Thor <a@example.org> ${1_700_000_000 + mark * 60} +0000\n`;
    if (word === 'tag') parts.push(`reset refs/tags/${name}\nfrom :${mark}\n\n`);
    else if (word === 'annotated') parts.push(`tag ${name}\nfrom :${mark}\ntagger ${who}data 1\nx\n`);
    else if (word === 'branch') {
      branch = name;
      parts.push(`reset refs/heads/${name}\nfrom :1\n\n`);
    } else {
      const message = Buffer.from(typeof step === 'string' ? step : `${step[0]}\n\n${step[1]}`);
      mark += 1;
      parts.push(`commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}committer ${who}data ${message.length}\n`, message, '\n');
    }
  }
  await git('init', '-q', '-b', 'main');
  await host.exec(['git', 'fast-import', '--quiet'], { cwd: checkout, stdin: Buffer.concat(parts.map((part) => Buffer.from(part))) });
}

const git = (...args: string[]) => host.exec(['git', ...args], { cwd: checkout, env: { GIT_CONFIG_NOSYSTEM: '1' } });

/** As a caller gives them: text by name. */
const changelog = (given: Record<string, string> = {}, on = host) =>
  run(readInputs(spec, { source: checkout, ...given }, { workspace: host.files.workspace, nameOf: (name) => name }), on);

describe('the next version', () => {
  test('comes from the commits since the greatest stable tag, and so do the notes', async () => {
    await history('feat: one', 'tag v0.9.0', 'annotated v1.2.0', 'tag v1.10.0', ['fix: two', 'Why.'], 'feat(cli): three');
    const { version, previous, bump, notes } = await changelog({ output: 'out/notes.md' });
    expect({ version, previous, bump }).toEqual({ version: '1.11.0', previous: 'v1.10.0', bump: 'minor' });
    expect(notes).toMatch(
      /^## Features\n\n- \*\*cli:\*\* three \(`[0-9a-f]{7}`\)\n\n## Fixes\n\n- two \(`[0-9a-f]{7}`\)\n\nCompared: `v1\.10\.0\.\.\.[0-9a-f]{7}` \(2 commits\)\.\n$/,
    );
    expect(await readFile(join(host.files.workspace, 'out/notes.md'), 'utf8')).toBe(notes);
    expect(host.summary.text).toBe(`# Release notes for 1.11.0\n\n${notes}`);
    expect(host.recorded.lines).toEqual([
      expect.stringMatching(/^Newest: HEAD \([0-9a-f]{7}\)$/),
      'Compared with: v1.10.0, the greatest stable release before it',
      'Commits: 2',
      'Version: 1.11.0 (minor, from the commits)',
    ]);
  });

  test('before any release is 0.1.0, with all that happened', async () => {
    await history('feat: one', 'tag other-1.0.0', 'tag v1', 'fix: two');
    const { version, previous, bump, notes } = await changelog();
    expect({ version, previous, bump }).toEqual({ version: '0.1.0', previous: '', bump: 'initial' });
    expect(notes).toContain('(2 commits)');
  });

  test('does not count what was reverted', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat: two', 'Revert "feat: two"', 'fix: three');
    const { version, notes } = await changelog();
    expect(version).toBe('1.0.1');
    expect(notes).not.toContain('two');
    expect(host.recorded.lines).toContain('Commits: 3, 2 of them taken out as reverts and what they reverted');
  });

  test('is the old one when nothing happened', async () => {
    await history('feat: one', 'tag v1.0.0');
    expect(await changelog()).toMatchObject({
      version: '1.0.0',
      previous: 'v1.0.0',
      bump: 'none',
      notes: expect.stringMatching(/^No changes\./),
    });
  });

  test('ignores tags of other branches', async () => {
    await history('feat: one', 'tag v1.0.0', 'fix: two', 'branch next', 'feat!: other', 'tag v2.0.0');
    expect(await changelog()).toMatchObject({ version: '1.0.1', previous: 'v1.0.0' });
    expect(await changelog({ to: 'next' })).toMatchObject({ version: '2.0.0', previous: 'v2.0.0', bump: 'none' });
  });
});

describe('a release tag', () => {
  const line = [
    'feat: one',
    'tag v1.0.0',
    'feat: two',
    'annotated v1.1.0-rc.1',
    'fix: three',
    'tag v1.1.0-rc.2',
    'tag v1.1.0',
    'fix: four',
    'tag v1.1.1',
  ];

  test.each([
    ['v1.1.1', 'v1.1.0', 'patch', 1],
    ['v1.1.0', 'v1.0.0', 'minor', 2],
    ['refs/tags/v1.1.0', 'v1.0.0', 'minor', 2],
    ['v1.1.0-rc.2', 'v1.1.0-rc.1', 'none', 1],
    ['v1.1.0-rc.1', 'v1.0.0', 'minor', 1],
    ['v1.0.0', '', 'initial', 1],
  ])('%s is compared with %j', async (to, previous, bump, count) => {
    await history(...line);
    const outputs = await changelog({ to });
    expect(outputs).toMatchObject({ version: to.replace(/^.*v/, ''), previous, bump });
    expect(outputs.notes).toContain(`(${count} ${count === 1 ? 'commit' : 'commits'})`);
    expect(outputs.notes).toContain(to.replace('refs/tags/', ''));
  });

  test('that started the run is what HEAD means, whichever tags the commit has besides', async () => {
    await history(...line.slice(0, 7));
    await using runner = await recordingHost({ workspace: host.files.workspace, env: { GITHUB_REF: 'refs/tags/v1.1.0-rc.2' } });
    expect(await changelog({}, runner)).toMatchObject({ version: '1.1.0-rc.2', previous: 'v1.1.0-rc.1' });
    await using branch = await recordingHost({ workspace: host.files.workspace, env: { GITHUB_REF: 'refs/heads/main' } });
    expect(await changelog({}, branch)).toMatchObject({ version: '1.1.0', previous: 'v1.1.0', bump: 'none' });
    await using older = await recordingHost({ workspace: host.files.workspace, env: { GITHUB_REF: 'refs/tags/v1.0.0' } });
    expect(await changelog({}, older)).toMatchObject({ version: '1.1.0', previous: 'v1.1.0' });
  });

  test('wins over a branch of its name', async () => {
    await history('feat: one', 'tag v1.0.0', 'fix: two', 'branch v1.0.0', 'feat: three');
    expect(await changelog({ to: 'v1.0.0' })).toMatchObject({ version: '1.0.0', bump: 'initial' });
  });

  test('lower than the commits ask for is warned of', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat!: two', 'tag v1.0.1');
    expect(await changelog({ to: 'v1.0.1' })).toMatchObject({ version: '1.0.1', bump: 'patch' });
    expect(host.recorded.lines).toContain('warning: the commits ask for 2.0.0 or higher, but the tag says 1.0.1');
  });

  test('of the family that is no version is refused', async () => {
    await history('feat: one', 'tag v1.0', 'tag v1$(id)');
    await expect(changelog({ to: 'v1.0' })).rejects.toThrowWithCode('E_TAG', /"v1.0" is not v followed by a semantic version/);
    await expect(changelog({ to: 'v1$(id)' })).rejects.toThrowWithCode('E_TAG');
  });

  test('of another family is a commit like any other', async () => {
    await history('feat: one', 'tag server/v1.0.0', 'tag v3.0.0', 'fix: two', 'tag server/v1.0.1');
    expect(await changelog({ to: 'server/v1.0.1', 'tag-prefix': 'server/v' })).toMatchObject({
      version: '1.0.1',
      previous: 'server/v1.0.0',
    });
    expect(await changelog({ to: 'server/v1.0.1' })).toMatchObject({ version: '3.0.1', previous: 'v3.0.0' });
  });
});

describe('the input from', () => {
  test('names tag or commit to compare with', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat: two', 'tag v1.1.0', 'fix: three');
    expect(await changelog({ from: 'v1.0.0' })).toMatchObject({ version: '1.1.0', previous: 'v1.0.0', bump: 'minor' });
    expect(await changelog({ from: 'HEAD~1' })).toMatchObject({ version: '1.1.1', previous: 'HEAD~1', bump: 'patch' });
  });

  test('that names nothing is refused, as is to', async () => {
    await history('feat: one');
    await expect(changelog({ from: 'v9.9.9' })).rejects.toThrowWithCode('E_GIT', /from is "v9.9.9", which names no commit/);
    await expect(changelog({ to: '^HEAD' })).rejects.toThrowWithCode('E_GIT', /to is "\^HEAD"/);
    await expect(changelog({ to: 'HEAD..HEAD' })).rejects.toThrowWithCode('E_GIT');
    expect(() => changelog({ to: '--upload-pack=x' })).toThrowWithCode('E_INPUT', /does not start with -/);
  });
});

describe('what cannot be read is E_GIT', () => {
  test('no checkout', async () => {
    await expect(changelog()).rejects.toThrowWithCode('E_GIT', /is not inside a git checkout/);
  });

  test('no commits', async () => {
    await git('init', '-q');
    await expect(changelog()).rejects.toThrowWithCode('E_GIT', /has no commits yet/);
  });

  test('a shallow checkout, with the cure', async () => {
    await history('feat: one', 'fix: two', 'fix: three');
    await host.exec(['git', 'clone', '-q', '--depth=1', `file://${checkout}`, 'shallow']);
    await expect(changelog({ source: 'shallow' })).rejects.toMatchObject({
      code: 'E_GIT',
      message: expect.stringContaining('shallow'),
      cure: expect.stringContaining('fetch-depth: 0'),
    });
  });

  test('a damaged repository', async () => {
    await history('feat: one');
    await writeFile(join(checkout, '.git/HEAD'), 'nonsense');
    await expect(changelog()).rejects.toThrowWithCode('E_GIT', /git cannot read the history/);
    await rm(join(checkout, '.git'), { recursive: true });
    await writeFile(join(checkout, '.git'), 'gitdir: /nowhere\n');
    await expect(changelog()).rejects.toThrowWithCode('E_GIT');
  });

  test('notes that cannot be written are E_PATH', async () => {
    await history('feat: one');
    await expect(changelog({ output: 'project' })).rejects.toThrowWithCode('E_PATH', /cannot be written/);
  });
});

describe('whoever made the checkout', () => {
  test('a folder inside it, a link to it and a worktree of it will do', async () => {
    await history('feat: one', 'tag v1.0.0', 'fix: two');
    await mkdir(join(checkout, 'a/b'), { recursive: true });
    await symlink(join(checkout, 'a'), join(host.files.workspace, 'link'));
    await git('worktree', 'add', '-q', '--detach', join(host.files.workspace, 'tree'), 'v1.0.0');
    expect(await changelog({ source: 'project/a/b' })).toMatchObject({ version: '1.0.1' });
    expect(await changelog({ source: 'link/b' })).toMatchObject({ version: '1.0.1' });
    expect(await changelog({ source: 'tree' })).toMatchObject({ version: '1.0.0' });
  });

  test("another user's checkout is read, as root in a container meets it", async () => {
    if (process.getuid?.() !== 0) return;
    await history('feat: one');
    for (const path of [checkout, join(checkout, '.git')]) await chown(path, 12_345, 12_345);
    await expect(git('rev-parse', 'HEAD')).rejects.toThrowWithCode('E_COMMAND');
    expect(await changelog()).toMatchObject({ version: '0.1.0' });
  });

  test('its configuration cannot start a program or change the answer', async () => {
    await history('feat: one', 'tag v1.0.0', 'fix: two');
    const trap = join(checkout, 'trap');
    await writeFile(trap, `#!/bin/sh\ntouch ${checkout}/sprung\n`);
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
    await expect(readFile(join(checkout, 'sprung'))).rejects.toMatchObject({ code: 'ENOENT' });
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
    expect(host.recorded.annotations).toEqual([]);
    expect(host.recorded.masked).toEqual([]);
    expect(host.recorded.lines.join('\n')).not.toMatch(/::error|add-mask/);
  });

  test('that are not UTF-8 are still commits', async () => {
    await history('feat: one', 'tag v1.0.0');
    const stream = Buffer.concat([
      Buffer.from('commit refs/heads/main\ncommitter A <a@b> 1700009999 +0000\ndata 8\n'),
      Buffer.from('fix: \xe9\xff\n', 'latin1'),
      Buffer.from('from refs/heads/main^0\n'),
    ]);
    await host.exec(['git', 'fast-import', '--quiet'], { cwd: checkout, stdin: stream });
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
    expect(performance.now() - start).toBeLessThan(10_000);
  }, 60_000);
});
