import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { sampleProject } from './sample-project.test-support.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const golden = (name: string): Promise<string> => readFile(join(import.meta.dirname, 'fixtures', name), 'utf8');
const full = { full: 'true', changelog: 'project/all.md', json: 'project/all.json' };

describe('the whole history', () => {
  test('comes as a changelog and as JSON, the same bytes every time', async () => {
    const { changelog, read } = await sampleProject(host);
    expect((await changelog(full)).changed).toBe('project/all.md\nproject/all.json');
    expect(await read('all.md')).toBe(await golden('whole-changelog.md'));
    expect(await read('all.json')).toBe(await golden('whole-changelog.json'));
    expect((await changelog(full)).changed).toBe('');
  });

  test('is written anew over what it was, but never over what people wrote or changed', async () => {
    const { changelog, read, put, checkout } = await sampleProject(host);
    await changelog({ ...full, to: 'v2.0.0' });
    expect(await read('all.md')).not.toContain('3.0.0');
    expect((await changelog(full)).changed).toBe('project/all.md\nproject/all.json');
    for (const change of [
      (text: string) => text.replace('one', 'two'),
      (text: string) => `${text}\n`,
      () => '# Changes\n',
      () => '\n'.repeat(60),
    ]) {
      const changed = change(await golden('whole-changelog.md'));
      await put('all.md', changed);
      await expect(changelog(full)).rejects.toThrowWithCode('E_CHANGELOG_FILE', /project\/all\.md was written or changed by people/);
      expect(await readFile(join(checkout, 'all.md'), 'utf8')).toBe(changed);
    }
    await put('all.md', '');
    await changelog(full);
    expect(await read('all.md')).toBe(await golden('whole-changelog.md'));
  });

  test('without a file to write it to, or from the middle, is refused', async () => {
    const { changelog } = await sampleProject(host);
    await expect(changelog({ full: 'true' })).rejects.toThrowWithCode('E_INPUT', /nothing without changelog or json/);
    await expect(changelog({ ...full, from: 'v1.4.0' })).rejects.toThrowWithCode('E_INPUT', /exclude each other/);
    await expect(changelog({ ...full, mode: 'bump' })).rejects.toThrowWithCode('E_INPUT', /full does nothing in mode bump/);
  });

  test('has what no version can follow as unreleased, and says why; a version that is asked for has to be possible', async () => {
    const { changelog, read, checkout } = await sampleProject(host);
    const git = (...args: readonly string[]) =>
      host.exec(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', '-C', checkout, ...args]);
    const tree = (await git('rev-parse', 'HEAD^{tree}')).stdout.trim();
    const { version } = await changelog({});
    const other = (await git('commit-tree', '-p', 'v2.0.0', '-m', 'fix: elsewhere', tree)).stdout.trim();
    await git('tag', `v${version}`, other);
    await expect(changelog({})).rejects.toThrowWithCode('E_HISTORY', /exists on another branch/);
    await expect(changelog({ ...full, version: '1.0.0' })).rejects.toThrowWithCode('E_HISTORY', /not higher/);
    expect(await changelog(full)).toMatchObject({ released: 'false', version: '2.0.0', bump: 'none' });
    expect(await read('all.md')).toMatch(/^# Changelog\n\n## \[?Unreleased\]?.* - \d/);
    expect(host.recorded.lines.join('\n')).toMatch(/warning.*listed without a version.*another branch/);
  });

  test('is whole where a clock was wrong, so that git lists a commit before its child', async () => {
    const { changelog, read, checkout } = await sampleProject(host);
    const git = async (...args: readonly string[]) => (await host.exec(['git', '-C', checkout, ...args])).stdout.trim();
    const tree = await git('rev-parse', 'HEAD^{tree}');
    const commit = async (seconds: number, subject: string, ...parents: readonly string[]) => {
      const person = `A <a@example.org> ${2_000_000_000 + seconds} +0000`;
      const lines = [`tree ${tree}`, ...parents.map((sha) => `parent ${sha}`), `author ${person}`, `committer ${person}`, '', subject, ''];
      const argv = ['git', '-C', checkout, 'hash-object', '-t', 'commit', '-w', '--stdin'] as const;
      return (await host.exec(argv, { stdin: lines.join('\n') })).stdout.trim();
    };
    const parent = await commit(100, 'fix: parent', await git('rev-parse', 'HEAD'));
    const child = await commit(5, 'fix: child', parent);
    const other = await commit(150, 'fix: other', parent);
    await git('update-ref', 'refs/heads/main', await commit(200, 'fix: both', child, other));
    const dates = await git('log', '--format=%s', '-4');
    expect(dates.split('\n')).toEqual(['fix: both', 'fix: other', 'fix: parent', 'fix: child']);
    await changelog(full);
    expect((await read('all.md')).match(/^- (?:both|child|other|parent)/gm)).toEqual(['- both', '- other', '- child', '- parent']);
  });
});
