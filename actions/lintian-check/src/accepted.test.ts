import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { newlyAccepted } from './accepted.ts';
import { readBaseline, usualBaseline } from './baseline-file.ts';
import { git, writeInto } from './git-folder.test-support.ts';
import { findingOf } from './hint.test-support.ts';
import { openSourceTree } from './source-tree.ts';

// Real git, real pull requests: a branch, a trial merge, an event.
function commit(folder: string): string {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'x');
  return git(folder, 'rev-parse', 'HEAD');
}

const overrides = 'debian/hello.lintian-overrides';

/** A base and a change on top of it, seen by the run of a pull request. */
async function pullRequest(
  stack: AsyncDisposableStack,
  base: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
): Promise<RecordingHost> {
  const outer = stack.use(await recordingHost());
  const folder = join(outer.files.workspace, 'checkout');
  await mkdir(folder);
  git(folder, 'init', '-q', '-b', 'main');
  await writeInto(folder, base);
  const baseSha = commit(folder);
  await writeInto(folder, change);
  const headSha = commit(folder);
  const repo = { full_name: 'o/r' };
  await writeInto(outer.files.workspace, {
    'event.json': JSON.stringify({ pull_request: { number: 7, base: { sha: baseSha, ref: 'main', repo }, head: { sha: headSha, repo } } }),
  });
  const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: join(outer.files.workspace, 'event.json') };
  return stack.use(await recordingHost({ workspace: folder, env }));
}

async function accepted(host: RecordingHost, before?: Parameters<typeof newlyAccepted>[0]['before']): Promise<readonly string[]> {
  const source = host.files.workspace;
  const tree = await openSourceTree(source, source);
  const baseline = await readBaseline(source, source, { input: undefined, configured: undefined });
  const findings = [findingOf({ tag: 'a', overridden: true }, { status: 'overridden' })];
  const all = await newlyAccepted({ source, tree, findings, baseline, before, renamed: new Map() }, host);
  return all.map(({ tag, location, remark }) => `${location?.shown}: ${tag}, ${remark}`);
}

describe('a pull request newly accepts', () => {
  test('what its override lines hide and what it adds to the baseline', async () => {
    await using stack = new AsyncDisposableStack();
    const host = await pullRequest(
      stack,
      { [overrides]: 'old\n', [usualBaseline]: 'hello: x\nhello: y\n' },
      { [overrides]: 'a\nold\n', [usualBaseline]: 'hello: w\n2 times hello: x\n' },
    );
    expect(await accepted(host)).toEqual([
      `${overrides}:1: a, hides one finding`,
      `${usualBaseline}:1: w, the baseline accepts one more of it, as an old finding`,
      `${usualBaseline}:2: x, the baseline accepts one more of it, as an old finding`,
    ]);
  });

  test('nothing, when it only moves and removes lines', async () => {
    await using stack = new AsyncDisposableStack();
    const host = await pullRequest(
      stack,
      { [overrides]: 'a\nb\n', [usualBaseline]: 'hello: x\n' },
      { [overrides]: '# moved\nb\n\na\n', [usualBaseline]: '' },
    );
    expect(await accepted(host)).toEqual([]);
  });

  test('and of what an earlier run did not hide, each thing once', async () => {
    await using stack = new AsyncDisposableStack();
    const host = await pullRequest(stack, { [overrides]: 'a\n' }, { 'debian/rules': '' });
    expect(await accepted(host, [findingOf({ tag: 'a' })])).toEqual([
      `${overrides}:1: a, hides one finding more than before, by this line`,
    ]);
    expect(await accepted(host, [findingOf({ tag: 'a', overridden: true }, { status: 'overridden' })])).toEqual([]);
  });
});

test('a checkout without history says so, and fails nothing', async () => {
  await using stack = new AsyncDisposableStack();
  const host = await pullRequest(stack, { [overrides]: '' }, { [overrides]: 'a\n' });
  git(host.files.workspace, 'checkout', '-q', '--orphan', 'alone');
  commit(host.files.workspace);
  expect(await accepted(host)).toEqual([]);
  expect(host.recorded.lines).toContainEqual(
    expect.stringMatching(/^which overrides the pull request adds is not known: the checkout has no/),
  );
});

test('outside of pull requests nothing is listed or said', async () => {
  await using host = await recordingHost();
  await writeInto(host.files.workspace, { [overrides]: 'a\n' });
  expect(await accepted(host)).toEqual([]);
  expect(host.recorded.lines).toEqual([]);
});
