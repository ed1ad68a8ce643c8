import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run } from '../run.ts';
import { spec } from '../spec.ts';
import { makeHistory, type Step } from '../test-history.ts';

interface Project extends AsyncDisposable {
  readonly checkout: string;
  readonly host: RecordingHost;
  readonly sha: (name: string) => Promise<string>;
  /** Checks the pull request of the branch `topic` into main, or whatever the inputs say when there is no title. */
  readonly check: (title: string | undefined, inputs?: Record<string, string>, repository?: object) => ReturnType<typeof run>;
}

/** A repository; the steps after `branch topic` are those of a pull request. */
async function project(...steps: readonly Step[]): Promise<Project> {
  const folder = await recordingHost();
  const checkout = join(folder.files.workspace, 'project');
  await mkdir(checkout);
  await makeHistory(folder, checkout, steps);
  const sha = async (name: string) => (await folder.exec(['git', 'rev-parse', name], { cwd: checkout })).stdout.trim();
  const event = join(folder.files.workspace, 'event.json');
  const hosts: RecordingHost[] = [];
  const hostFor = async (title: string | undefined): Promise<RecordingHost> => {
    const host = await recordingHost({
      workspace: folder.files.workspace,
      env: title === undefined ? {} : { GITHUB_EVENT_PATH: event, GITHUB_REF: 'refs/pull/12/merge' },
    });
    hosts.push(host);
    return host;
  };
  let latest = folder;
  return {
    checkout,
    get host() {
      return latest;
    },
    sha,
    async check(title, inputs = {}, repository = {}) {
      latest = await hostFor(title);
      const side = (name: string) => ({ sha: name, repo: { full_name: 'owner/project', ...repository } });
      const pull = { number: 12, title, body: 'Why.', head: side(await sha('topic')), base: side(await sha('main')) };
      await writeFile(event, JSON.stringify({ pull_request: pull }));
      const given = { source: checkout, mode: 'check', ...inputs };
      return await run(readInputs(spec, given, { workspace: folder.files.workspace, nameOf: (name) => name }), latest);
    },
    async [Symbol.asyncDispose]() {
      for (const host of hosts) await host[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const conventional = ['feat: one', 'tag v1.0.0', 'branch topic'] as const;
const squashes = { allow_squash_merge: true, allow_merge_commit: false, allow_rebase_merge: false, squash_merge_commit_title: 'PR_TITLE' };
const merges = { allow_squash_merge: false, allow_merge_commit: true, allow_rebase_merge: false };

describe('the check of a pull request', () => {
  test('passes and tells what the next release will be', async () => {
    await using on = await project(...conventional, 'wip', 'more of it');
    const outputs = await on.check('feat(cli): two', {}, squashes);
    expect(outputs).toMatchObject({ problems: '0', version: '1.1.0', bump: 'minor', previous: 'v1.0.0', tag: 'v1.1.0', released: 'true' });
    expect(on.host.recorded.annotations).toEqual([]);
    expect(on.host.recorded.lines).toEqual(['Pull request #12: 1 message read, 0 with problems', 'Next release: 1.1.0 (minor)']);
    expect(on.host.summary.text).toMatch(
      /^# Pull request #12\n\nNo problems in 1 message\.\n\n## Next release\n\nThe next release is \*\*1\.1\.0\*\* \(minor\)\.\n\n### What its notes say of this change\n\n## Features\n\n- \*\*cli:\*\* two [^\n]*\n$/,
    );
  });

  test('fails on a title that no changelog can read, and shows how to write it', async () => {
    await using on = await project(...conventional, 'fix: x');
    await expect(on.check('feat:two', {}, squashes)).rejects.toThrowWithCode(
      'E_MESSAGE',
      /"feat:two", column 6: a blank has to follow.*For example: feat: two/,
    );
    expect(on.host.recorded.annotations).toEqual([
      expect.objectContaining({ level: 'error', title: 'title of #12', message: expect.stringContaining('column 6') }),
    ]);
    expect(on.host.summary.text).toContain('1 problem in 1 message.');
    await expect(on.check('feat:two', {}, squashes)).rejects.toMatchObject({ outputs: { problems: '1', version: '1.0.1' } });
  });

  test('reads commits where these are merged, fixups and all', async () => {
    await using on = await project(...conventional, 'Add x', 'fixup! Add x');
    await expect(on.check('whatever', {}, merges)).rejects.toThrowWithCode('E_MESSAGE', /fixup.*was|belongs to another one/);
    const { annotations } = on.host.recorded;
    expect(annotations.map(({ title }) => title)).toEqual([
      `commit ${(await on.sha('topic')).slice(0, 7)}`,
      `commit ${(await on.sha('topic~1')).slice(0, 7)}`,
    ]);
    expect(annotations[1]?.message).toMatch(/line 1, column 1: the header is not conventional.*For example: feat: add x/);
  });

  test('a breaking change without a word of what to do is a warning, and fails when warnings do', async () => {
    await using on = await project(...conventional, 'wip');
    expect(await on.check('feat!: drop x', {}, squashes)).toMatchObject({ problems: '1', version: '2.0.0' });
    expect(on.host.recorded.annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('BREAKING CHANGE: text') }]);
    await expect(on.check('feat!: drop x', { 'fail-on': 'warning' }, squashes)).rejects.toThrowWithCode('E_MESSAGE');
    expect(await on.check('drop x', { 'fail-on': 'never' }, squashes)).toMatchObject({ problems: '1' });
  });

  test('says nothing in a repository that has no conventional commits, unless asked to', async () => {
    await using on = await project('One', 'tag v1.0.0', 'Two', 'Three', 'Four', 'Five', 'branch topic', 'Six');
    expect(await on.check('Seven', {}, squashes)).toMatchObject({ problems: '0' });
    expect(on.host.recorded.lines[0]).toBe('Pull request #12: nothing is checked, since only 0 of the newest 5 commits are conventional');
    await expect(on.check('Seven', { 'fail-on': 'error' }, squashes)).rejects.toThrowWithCode('E_MESSAGE');
  });

  test('reads what a shallow checkout lacks, as actions/checkout makes one of the trial merge', async () => {
    await using on = await project(...conventional, 'Add x', 'fix: y');
    const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
    const git = (...args: string[]) => on.host.exec(['git', ...who, ...args], { cwd: on.checkout });
    await git('checkout', '-q', '-b', 'trial', 'main');
    await git('merge', '-q', '--no-ff', '-m', 'Merge topic into main', 'topic');
    const shallow = join(on.host.files.workspace, 'shallow');
    await on.host.exec(['git', 'clone', '-q', '--depth=1', '--branch=trial', `file://${on.checkout}`, shallow]);
    expect(await on.check('feat: two', { source: shallow }, squashes)).toMatchObject({ problems: '0', version: '1.1.0' });
    await expect(on.check('feat: two', { source: shallow }, merges)).rejects.toThrowWithCode('E_MESSAGE', /For example: feat: add x/);
  });

  test('reads the title where the commits cannot be had, and says so', async () => {
    await using on = await project(...conventional, 'wip');
    const shallow = join(on.host.files.workspace, 'shallow');
    await on.host.exec(['git', 'clone', '-q', '--depth=1', `file://${on.checkout}`, shallow]);
    await on.host.exec(['git', 'remote', 'set-url', 'origin', 'file:///nowhere'], { cwd: shallow });
    expect(await on.check('feat: two', { source: shallow }, squashes)).toMatchObject({ problems: '0', version: '' });
    expect(on.host.recorded.lines).toContain(
      'warning: not everything was checked: the checkout has no history: give actions/checkout fetch-depth: 0',
    );
    await expect(on.check('feat:two', { source: shallow }, squashes)).rejects.toThrowWithCode('E_MESSAGE');
  });

  test('is inert whatever strangers write (H3, H5)', async () => {
    const hostile = '::error::x\u001b[31m</td><img src=x>@everyone [a](javascript:b) closes #1 ##[add-mask]x';
    await using on = await project(...conventional, [hostile, `${hostile}\n\nBreaking Change: ${hostile}`]);
    await expect(on.check(hostile, { messages: 'both' })).rejects.toThrowWithCode('E_MESSAGE');
    const page = on.host.summary.text;
    for (const raw of ['\u001b', '<img', '</td>', '@everyone']) expect(page.replace(/`[^`\n]*`/g, '')).not.toContain(raw);
    expect(page.replace(/`[^`\n]*`/g, '')).not.toMatch(/(?<!\\)\]\(javascript/);
    expect(on.host.recorded.lines.join('\n')).not.toMatch(/^\s*::|##\[|\u001b/m);
  });
});

describe('without a pull request', () => {
  test('the commits that a branch adds to its base are checked', async () => {
    await using on = await project(...conventional, 'Add x', 'fix: y');
    await expect(on.check(undefined, { to: 'topic', base: 'main' })).rejects.toThrowWithCode('E_MESSAGE', /For example: feat: add x/);
    expect(await on.check(undefined, { to: 'topic', from: 'topic~1' })).toMatchObject({ problems: '0', version: '1.0.1' });
  });

  test('of very many only the newest are read, which is said', async () => {
    await using on = await project(...conventional, 'Add x', ...Array.from({ length: 1000 }, () => 'fix: y'));
    expect(await on.check(undefined, { to: 'topic', base: 'main' })).toMatchObject({ problems: '0', version: '1.0.1' });
    expect(on.host.recorded.lines).toContain('warning: not everything was checked: of its commits only the newest 1000 were read');
  });

  test('a base that nothing names is asked for', async () => {
    await using on = await project(...conventional, 'Add x');
    await expect(on.check(undefined)).rejects.toThrowWithCode('E_INPUT', /which branch the commits go into/);
    await expect(on.check(undefined, { base: 'mian' })).rejects.toThrowWithCode('E_GIT', /base is "mian"/);
  });

  test('a hook of git has the message in a file, which is the place', async () => {
    await using on = await project(...conventional, 'fix: x');
    const file = join(on.checkout, '.git', 'COMMIT_EDITMSG');
    await writeFile(file, 'feat : x\n\n# Please enter the commit message\n');
    await expect(on.check(undefined, { 'message-file': file })).rejects.toThrowWithCode('E_MESSAGE', /For example: feat: x/);
    expect(on.host.recorded.annotations).toMatchObject([{ file, line: 1, column: 5 }]);
    await writeFile(file, 'feat: x\n');
    expect(await on.check(undefined, { 'message-file': file })).toMatchObject({ problems: '0' });
    await writeFile(file, '# nothing\n');
    expect(await on.check(undefined, { 'message-file': file })).toMatchObject({ problems: '0' });
  });
});
