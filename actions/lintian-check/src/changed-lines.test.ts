import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Host, type RecordingHost, recordingHost } from '@release-kit/action';
import { repositoryPaths } from '@release-kit/git';
import { markChanged } from './changed-lines.ts';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';
import type { Placed } from './placed.ts';

const person = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b.example', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b.example' };

function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', ...person };
  return execFileSync('git', args, { cwd: folder, env, stdio: 'pipe', encoding: 'utf8' }).trim();
}

async function commit(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  git(folder, 'add', '--all');
  git(folder, 'commit', '-q', '-m', 'x');
  return git(folder, 'rev-parse', 'HEAD');
}

/** A checkout in the folder `src` of the workspace, with a branch that changed line 2 of debian/control. */
async function branchIn(recording: RecordingHost): Promise<{ readonly source: string; readonly host: Host }> {
  const source = join(recording.files.workspace, 'src');
  await mkdir(join(source, 'debian'), { recursive: true });
  git(source, 'init', '-q', '-b', 'main');
  const baseSha = await commit(source, { 'debian/control': 'a\nb\nc\n', 'debian/rules': 'x\n' });
  const headSha = await commit(source, { 'debian/control': 'a\nB\nc\n' });
  const event = join(recording.files.workspace, 'event.json');
  await writeFile(event, JSON.stringify({ pull_request: { number: 1, head: { sha: headSha }, base: { sha: baseSha } } }));
  return { source, host: { ...recording, env: (name) => (name === 'GITHUB_EVENT_PATH' ? event : undefined) } };
}

const at = (file: string, line?: number): Placed =>
  placedOf(findingOf({}), { location: locationOf(file, { place: line === undefined ? { file } : { file, line } }) });
const marks = (placed: readonly Placed[]) => placed.map(({ changed }) => changed);

describe('the lines that a pull request changed', () => {
  test('are known by the checkout, wherever in the workspace it lies', async () => {
    await using recording = await recordingHost();
    const { source, host } = await branchIn(recording);
    const placed = [
      at('src/debian/control', 2),
      at('src/debian/control', 3),
      at('src/debian/control'),
      at('src/debian/rules', 1),
      at('elsewhere', 1),
      placedOf(findingOf({})),
    ];
    expect(marks(await markChanged(placed, source, host))).toEqual([true, false, true, false, undefined, undefined]);
    expect(recording.recorded.lines).toEqual([]);
  });

  test('are not known in a checkout without history, which is told once and fails nothing', async () => {
    await using recording = await recordingHost();
    const { source, host } = await branchIn(recording);
    const shallow = join(recording.files.workspace, 'shallow');
    git(recording.files.workspace, 'clone', '-q', '--depth', '1', `file://${source}`, shallow);
    const placed = [at('shallow/debian/control', 2), at('shallow/debian/control', 3)];
    expect(marks(await markChanged(placed, shallow, host))).toEqual([undefined, undefined]);
    expect(recording.recorded.lines).toEqual([expect.stringMatching(/^which lines .* fetch-depth: 2$/)]);
  });

  test('are not asked for without a pull request, nor known without a checkout', async () => {
    await using recording = await recordingHost();
    const { host } = await branchIn(recording);
    expect(marks(await markChanged([at('a', 1)], '/nonexistent', recording))).toEqual([undefined]);
    expect(marks(await markChanged([at('a', 1)], '/proc', host))).toEqual([undefined]);
    expect(recording.recorded.lines).toEqual([expect.stringMatching(/not inside a git checkout/)]);
  });
});

test('GitHub calls a file by its path in the repository, and knows no other', async () => {
  await using recording = await recordingHost();
  const { source } = await branchIn(recording);
  const pathOf = await repositoryPaths(source, recording.files.workspace);
  expect(pathOf({ file: 'src/debian/control' })).toBe('debian/control');
  expect(pathOf({ file: 'debian/control' })).toBeUndefined();
  expect(pathOf({ file: 'src/../../etc/passwd' })).toBeUndefined();
  expect(pathOf(undefined)).toBeUndefined();
});
