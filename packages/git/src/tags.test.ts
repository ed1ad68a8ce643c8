import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { type Git, nearTagsBefore, openGit, readTags, tagsBefore } from './index.ts';

/** Two lines from one commit: `main` with v1, v2 and v4, and `old` with v1.1 and v1.2. */
async function tagged() {
  const host = await recordingHost();
  const git = async (...args: readonly string[]): Promise<string> =>
    (await host.exec(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args])).stdout.trim();
  await git('init', '-q', '-b', 'main');
  const release = async (tag: string): Promise<void> => {
    await git('commit', '-q', '--allow-empty', '-m', tag);
    await git('tag', tag);
  };
  for (const tag of ['v1', 'v2', 'v4']) await release(tag);
  await git('switch', '-q', '-c', 'old', 'v1');
  for (const tag of ['v1.1', 'v1.2']) await release(tag);
  return { host, git };
}

test('a tag is the commit that it names in the end, and tags of other things are none', async () => {
  const { host, git } = await tagged();
  await using _ = host;
  await git('tag', '-a', '-m', 'x', 'annotated', 'v4');
  await git('tag', '-a', '-m', 'x', 'pkg/nested', 'annotated');
  await git('tag', '-a', '-m', 'x', 'twice', 'pkg/nested');
  await git('tag', '-a', '-m', 'x', 'tree', 'v4^{tree}');
  await git('tag', '-a', '-m', 'x', 'tree-nested', 'tree');
  await using open = await openGit(host, host.files.workspace);
  const v4 = await git('rev-parse', 'v4');
  const found = await readTags(open);
  expect(found.map(({ name }) => name)).toEqual(['annotated', 'pkg/nested', 'twice', 'v1', 'v1.1', 'v1.2', 'v2', 'v4']);
  expect(found.filter(({ sha }) => sha === v4).map(({ name }) => name)).toEqual(['annotated', 'pkg/nested', 'twice', 'v4']);
});

test('tags before a commit keep the order of the caller, and end with the first that is enough', async () => {
  const { host, git } = await tagged();
  await using _ = host;
  await using open = await openGit(host, host.files.workspace);
  const all = [...(await readTags(open))].reverse();
  const before = async (sha: string, enough?: (tag: { readonly name: string }) => boolean) =>
    (await tagsBefore(open, await git('rev-parse', sha), all, enough)).map(({ name }) => name);
  expect(await before('old')).toEqual(['v1.2', 'v1.1', 'v1']);
  expect(await before('v2')).toEqual(['v2', 'v1']);
  expect(await before('old', () => true)).toEqual(['v1.2']);
  expect(await before('old', ({ name }) => name === 'v1')).toEqual(['v1.2', 'v1.1', 'v1']);
  expect(await before('old', () => false)).toEqual(['v1.2', 'v1.1', 'v1']);
});

test('tags before the first that is enough cost no process of their own', async () => {
  const { host, git } = await tagged();
  await using _ = host;
  await using open = await openGit(host, host.files.workspace);
  const asked: (string | undefined)[] = [];
  const watched: Git = {
    ...open,
    run: (args, options) => {
      asked.push(args[0]);
      return open.run(args, options);
    },
  };
  const all = [...(await readTags(open))].reverse();
  const head = await git('rev-parse', 'main');
  expect((await tagsBefore(watched, head, all, ({ name }) => name === 'v2')).map(({ name }) => name)).toEqual(['v4', 'v2']);
  expect(asked).toEqual(['rev-list']);
  expect((await tagsBefore(watched, head, all, () => true)).map(({ name }) => name)).toEqual(['v4']);
  expect(asked).toEqual(['rev-list', 'merge-base']);
});

test('many tags that are no ancestors do not change the answer', async () => {
  const { host, git } = await tagged();
  await using _ = host;
  for (const index of Array.from({ length: 12 }, (_, at) => at)) await git('tag', `z${index}`, 'v4');
  await using open = await openGit(host, host.files.workspace);
  const all = [...(await readTags(open))].reverse();
  const found = await tagsBefore(open, await git('rev-parse', 'old'), all, ({ name }) => name === 'v1.1');
  expect(found.map(({ name }) => name)).toEqual(['v1.2', 'v1.1']);
});

test('tags that are no ancestors, and are many, leave it open whether a lower one is; few do not', async () => {
  const { host, git } = await tagged();
  await using _ = host;
  const v4 = await git('rev-parse', 'v4');
  await using open = await openGit(host, host.files.workspace);
  const all = [...(await readTags(open))].reverse();
  const aside = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `z${at}`, sha: v4 }));
  const near = async (count: number, enough: string) => {
    const found = await nearTagsBefore(open, await git('rev-parse', 'old'), [...aside(count), ...all], ({ name }) => name === enough);
    return found?.map(({ name }) => name);
  };
  expect(await near(70, 'v1.1')).toEqual(['v1.2', 'v1.1']);
  expect(await near(70, 'none')).toEqual(['v1.2', 'v1.1', 'v1']);
  expect(await near(90, 'v1.1')).toBeUndefined();
});
