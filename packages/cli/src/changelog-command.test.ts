import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ProgramRun, runIn } from './program-run.test-support.ts';

let folder = '';
let count = 0;
let checkout = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'changelog-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  count += 1;
  checkout = join(folder, String(count));
  await mkdir(checkout);
  git('init', '-q', '-b', 'main');
});

function git(...args: readonly string[]): string {
  const who = {
    GIT_AUTHOR_NAME: 'A U Thor',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  };
  const date = { GIT_AUTHOR_DATE: '1700000000 +0000', GIT_COMMITTER_DATE: '1700000000 +0000', GIT_CONFIG_GLOBAL: '/dev/null' };
  return execFileSync('git', args, { cwd: checkout, encoding: 'utf8', env: { ...process.env, ...who, ...date } });
}

/** Subjects of commits; `tag v1.0.0` is a tag of the commit before. */
function history(...steps: readonly string[]): void {
  for (const step of steps) {
    if (step.startsWith('tag ')) git('tag', step.slice(4));
    else git('commit', '-q', '--allow-empty', '-m', step);
  }
}

const run = (...args: readonly string[]): Promise<ProgramRun> => runIn({ folder: checkout }, args);

describe('release-kit changelog', () => {
  test('prints the notes and nothing else on standard output, the story on standard error', async () => {
    history('feat: one', 'tag v1.0.0', 'fix: two');
    const { exitCode, stdout, stderr } = await run('changelog');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^## Fixes\n\n- two \(`[0-9a-f]{7}`\)\n\n[\s\S]*Compared: .*\n$/),
    });
    expect(stderr).toMatch(/Compared with: v1\.0\.0/);
    expect(await run('changelog', '--output', '-')).toMatchObject({ exitCode: 0, stdout });
  });

  test('writes the file that a flag names, and tells the story on standard output', async () => {
    history('feat: one');
    const { exitCode, stdout, stderr } = await run('changelog', '--output', 'notes.md');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/changelog: done in/);
    expect(await readFile(join(checkout, 'notes.md'), 'utf8')).toMatch(/^## Features\n\n- one/);
  });

  test('--json before it is the document, behind it a file', async () => {
    history('feat: one');
    expect(JSON.parse((await run('--json', 'changelog')).stdout)).toMatchObject({ command: 'changelog', result: { version: '0.1.0' } });
    expect(await run('changelog', '--json')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/--json <path>.*argument missing/),
    });
    expect(await run('changelog', '--output', '-', '--json', '-')).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/E_INPUT/),
    });
  });

  test('prints whole changelogs, guides, announcements, and files that are -', async () => {
    history('feat: one', 'tag v1.0.0', 'feat!: two');
    expect((await run('changelog', '--full')).stdout).toMatch(/^# Changelog\n\n## 2\.0\.0 [\s\S]*\n## 1\.0\.0 /);
    expect((await run('changelog', '--migrate-from', '1.0')).stdout).toMatch(/^# From 1\.0 to 2\.0\.0\n/);
    expect((await run('changelog', '--announcement', 'mail')).stdout).toMatch(/2\.0\.0/);
    const { stdout, stderr } = await run('changelog', '--full', '--json', '-');
    expect(JSON.parse(stdout)).toMatchObject({ releases: [{ version: '2.0.0' }, { version: '1.0.0' }] });
    expect(stderr).not.toContain(tmpdir());
    history('tag v2.0.0', 'ci: three');
    expect(await run('changelog', '--changelog', '-')).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: expect.stringMatching(/Not written/),
    });
  });

  test('outside of a checkout there is no output, only an error', async () => {
    await rm(join(checkout, '.git'), { recursive: true });
    expect(await run('changelog')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/E_GIT/) });
  });
});

describe('release-kit next-version', () => {
  test('prints the version, and why on standard error', async () => {
    history('feat: one', 'tag v1.2.0', 'feat: two');
    expect(await run('next-version')).toEqual({ exitCode: 0, stdout: '1.3.0\n', stderr: '1.3.0: minor, since v1.2.0\n' });
    expect(await run('next-version', '--tag')).toMatchObject({ stdout: 'v1.3.0\n' });
    expect(await run('next-version', '--pre', 'rc')).toMatchObject({ stdout: '1.3.0-rc.1\n' });
    expect(await run('next-version', '--version', '2.0.0')).toMatchObject({ stdout: '2.0.0\n' });
    const { stdout, stderr } = await run('next-version', '--explain');
    expect(stdout).toBe('1.3.0\n');
    expect(stderr).toMatch(/^Counted from 1\.2\.0\n[0-9a-f]{7} asks for minor: feat: two\n/);
  });

  test('of a release that nobody asks for is the last one, or nothing and exit code 1', async () => {
    history('feat: one', 'tag v1.2.0', 'ci: two');
    expect(await run('next-version')).toEqual({
      exitCode: 0,
      stdout: '1.2.0\n',
      stderr: '1.2.0: nothing since v1.2.0 asks for a release\n',
    });
    expect(await run('next-version', '--fail-if-none')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/E_NO_RELEASE/),
    });
    expect(JSON.parse((await run('next-version', '--json')).stdout)).toMatchObject({ result: { version: '1.2.0', released: 'false' } });
  });

  test('promotes a candidate', async () => {
    history('feat: one', 'tag v1.2.0', 'feat: two', 'tag v1.3.0-rc.1');
    expect(await run('next-version', '--promote')).toMatchObject({ exitCode: 0, stdout: '1.3.0\n' });
  });

  test('names the flag that was misspelt, and the value that is wrong', async () => {
    history('feat: one');
    expect(await run('next-version', '--promot')).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/Did you mean --promote\?/),
    });
    expect(await run('next-version', '--pre', '1')).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/--pre is "1"/),
    });
  });
});

describe('release-kit bump', () => {
  const files = { 'package.json': '{ "version": "1.2.0" }\n', 'meson.build': "project('x', version: '1.2.0')\n" };
  const texts = () => Promise.all(Object.keys(files).map((path) => readFile(join(checkout, path), 'utf8')));
  beforeEach(async () => {
    for (const [path, text] of Object.entries(files)) await writeFile(join(checkout, path), text);
    git('add', '.');
    history('feat: one', 'tag v1.2.0', 'fix: two');
  });

  test('writes the version of the commits, and a second time nothing', async () => {
    const { exitCode, stdout } = await run('bump');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/package\.json:1: version 1\.2\.0 -> 1\.2\.1\n/);
    expect(await texts()).toEqual(Object.values(files).map((text) => text.replace('1.2.0', '1.2.1')));
    const again = await run('bump');
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/Nothing to change in meson\.build, package\.json\n/) });
    expect(git('diff', '--stat', '--shortstat')).toMatch(/2 files changed, 2 insertions\(\+\), 2 deletions\(-\)/);
  });

  test('writes the version that is named, and with --dry-run only says so', async () => {
    expect((await run('bump', '--dry-run', '2.0.0')).stdout).toMatch(
      /meson\.build:1: .* 1\.2\.0 -> 2\.0\.0\n[\s\S]*A dry run: nothing was written/,
    );
    expect(await texts()).toEqual(Object.values(files));
    expect(await run('bump', '2.0.0')).toMatchObject({ exitCode: 0 });
    expect((await texts())[0]).toBe('{ "version": "2.0.0" }\n');
  });

  test('of a word that is no version, or one not above the last, changes nothing', async () => {
    expect(await run('bump', 'next')).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(/"next"/) });
    expect(await run('bump', '1.1.0')).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(/E_HISTORY/) });
    expect(await texts()).toEqual(Object.values(files));
  });
});
