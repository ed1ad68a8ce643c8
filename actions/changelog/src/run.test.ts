import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { projectForEach } from './project-for-each.test-support.ts';

const project = projectForEach();
const { changelog, git, history } = project;

describe('the next version', () => {
  test('comes from the commits since the greatest stable tag, and so do the notes', async () => {
    await history('feat: one', 'tag v0.9.0', 'annotated v1.2.0', 'tag v1.10.0', ['fix: two', 'Why.'], 'feat(cli): three');
    const { version, previous, bump, notes } = await changelog({ output: 'out/notes.md' });
    expect({ version, previous, bump }).toEqual({ version: '1.11.0', previous: 'v1.10.0', bump: 'minor' });
    expect(notes).toMatch(
      /^## Features\n\n- \*\*cli:\*\* three \(`[0-9a-f]{7}`\)\n\n## Fixes\n\n- two \(`[0-9a-f]{7}`\)\n\n\*\*Contributors:\*\* A U Thor\n\nCompared: `v1\.10\.0\.\.\.v1\.11\.0` \(2 commits\)\.\n$/,
    );
    expect(await readFile(join(project.host.files.workspace, 'out/notes.md'), 'utf8')).toBe(notes);
    expect(project.host.summary.text.startsWith(`# Release notes for 1.11.0\n\n${notes}`)).toBe(true);
    expect(project.host.recorded.lines).toEqual([
      expect.stringMatching(/^Newest: HEAD \([0-9a-f]{7}\)$/),
      'Counted from 1.10.0',
      expect.stringMatching(/^[0-9a-f]{7} asks for minor: feat\(cli\): three$/),
      'Besides, 1 commit for patch',
      'So the version is 1.11.0',
      'Compared with: v1.10.0, the greatest lower stable release before it',
      'Commits: 2',
      'Version: 1.11.0 (minor)',
      'Written: out/notes.md (release notes)',
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
    expect(project.host.recorded.lines).toContain('Commits: 3, 2 of them taken out: reverts, what they reverted, and fixups');
  });

  test('is the old one when nothing happened', async () => {
    await history('feat: one', 'tag v1.0.0');
    expect(await changelog()).toMatchObject({
      version: '1.0.0',
      previous: 'v1.0.0',
      bump: 'none',
      notes: expect.stringMatching(/^No changes to list\./),
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
    ['v1.1.0-rc.2', 'v1.1.0-rc.1', 'minor', 1],
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
    await using runner = await recordingHost({ workspace: project.host.files.workspace, env: { GITHUB_REF: 'refs/tags/v1.1.0-rc.2' } });
    expect(await changelog({}, runner)).toMatchObject({ version: '1.1.0-rc.2', previous: 'v1.1.0-rc.1' });
    await using branch = await recordingHost({ workspace: project.host.files.workspace, env: { GITHUB_REF: 'refs/heads/main' } });
    expect(await changelog({}, branch)).toMatchObject({ version: '1.1.0', previous: 'v1.1.0', bump: 'none' });
    await using older = await recordingHost({ workspace: project.host.files.workspace, env: { GITHUB_REF: 'refs/tags/v1.0.0' } });
    expect(await changelog({}, older)).toMatchObject({ version: '1.1.0', previous: 'v1.1.0' });
  });

  test('wins over a branch of its name', async () => {
    await history('feat: one', 'tag v1.0.0', 'fix: two', 'branch v1.0.0', 'feat: three');
    expect(await changelog({ to: 'v1.0.0' })).toMatchObject({
      version: '1.0.0',
      bump: 'initial',
      notes: expect.not.stringContaining('three'),
    });
  });

  test('lower than the commits ask for is warned of', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat!: two', 'tag v1.0.1');
    expect(await changelog({ to: 'v1.0.1' })).toMatchObject({ version: '1.0.1', bump: 'patch' });
    expect(project.host.recorded.lines).toContain('warning: the commits ask for 2.0.0 or higher, but the tag says 1.0.1');
  });

  test('of the family that is no version is refused', async () => {
    await history('feat: one', 'tag v1.0', 'tag v1$(id)');
    await expect(changelog({ to: 'v1.0' })).rejects.toThrowWithCode('E_TAG', /"v1.0" is not v\* with a semantic version/);
    await expect(changelog({ to: 'v1$(id)' })).rejects.toThrowWithCode('E_TAG');
  });

  test('of another family is a commit like any other', async () => {
    await history('feat: one', 'tag server/v1.0.0', 'tag v3.0.0', 'fix: two', 'tag server/v1.0.1');
    expect(await changelog({ to: 'server/v1.0.1', tags: 'server/v*' })).toMatchObject({
      version: '1.0.1',
      previous: 'server/v1.0.0',
    });
    expect(await changelog({ to: 'server/v1.0.1' })).toMatchObject({ version: '3.0.1', previous: 'v3.0.0' });
  });
});

describe('the input from', () => {
  test('names tag or commit to compare with; the version is counted from the releases all the same', async () => {
    await history('feat: one', 'tag v1.0.0', 'feat: two', 'tag v1.1.0', 'fix: three');
    expect(await changelog({ from: 'v1.0.0' })).toMatchObject({ version: '1.1.1', previous: 'v1.0.0', bump: 'patch' });
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

test('messages that may mean something else are told in the log with their place, twenty of them', async () => {
  await history('feat: one', 'tag v1.0.0', ...Array.from({ length: 24 }, (_, index) => `fix:number ${index}`), [
    'fix: x',
    'Breaking change: y',
  ]);
  await changelog();
  expect(project.host.recorded.lines).toContain('Messages that may mean something else: 25');
  const told = project.host.recorded.lines.filter((line) => line.startsWith('  '));
  expect(told[0]).toMatch(/^ {2}[0-9a-f]{7}, line 3:1 of its message: this is no breaking footer/);
  expect(told[1]).toMatch(/^ {2}[0-9a-f]{7}, line 1:5 of its message: a blank has to follow the colon/);
  expect(told).toHaveLength(21);
  expect(told.at(-1)).toBe('  … and 5 more of the kind');
});

describe('what cannot be read is E_GIT', () => {
  test('no checkout', async () => {
    await expect(changelog()).rejects.toThrowWithCode('E_GIT', /is not inside a git checkout/);
  });

  test('no commits', async () => {
    await git('init', '-q');
    await expect(changelog()).rejects.toThrowWithCode('E_GIT', /has no commits yet/);
  });

  test('a shallow checkout whose remote is gone, with the cure', async () => {
    await history('feat: one', 'fix: two', 'fix: three');
    await project.host.exec(['git', 'clone', '-q', '--depth=1', `file://${project.checkout}`, 'shallow']);
    await rm(project.checkout, { recursive: true });
    await expect(changelog({ source: 'shallow' })).rejects.toMatchObject({
      code: 'E_GIT',
      cure: expect.stringContaining('fetch-depth: 0'),
    });
  });

  test('a damaged repository', async () => {
    await history('feat: one');
    await writeFile(join(project.checkout, '.git/HEAD'), 'nonsense');
    await expect(changelog()).rejects.toThrowWithCode('E_GIT', /git cannot read the history/);
    await rm(join(project.checkout, '.git'), { recursive: true });
    await writeFile(join(project.checkout, '.git'), 'gitdir: /nowhere\n');
    await expect(changelog()).rejects.toThrowWithCode('E_GIT');
  });

  test('notes that cannot be written are E_PATH', async () => {
    await history('feat: one');
    await expect(changelog({ output: 'project' })).rejects.toThrowWithCode('E_PATH', /which is a folder/);
  });
});
