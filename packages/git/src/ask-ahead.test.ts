import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { askAhead } from './ask-ahead.ts';
import { type Git, namedCommits, openGit, readTags } from './index.ts';
import { rawCommits } from './log.test-support.ts';
import { shallowCheckout } from './shallow-checkout.ts';

async function watched() {
  const host = await recordingHost();
  const [sha = ''] = await rawCommits(host, [{ message: 'one\n' }]);
  await host.exec(['git', 'tag', 'v1.0.0', sha]);
  const git = await openGit(host, host.files.workspace);
  const asked: (string | undefined)[] = [];
  const counted: Git = {
    ...git,
    run: (args, options) => {
      asked.push(args[0]);
      return git.run(args, options);
    },
  };
  return { host, git: counted, asked, sha };
}

test('what was asked ahead is not asked again', async () => {
  const { host, git, asked, sha } = await watched();
  await using _ = host;
  const names = ['refs/tags/v1.0.0', 'no\nname', 'nothing'];
  await using ahead = askAhead(git, names);
  expect(asked.toSorted()).toEqual(['cat-file', 'config', 'for-each-ref']);
  expect(await namedCommits(ahead, names)).toEqual([sha, undefined, undefined]);
  expect(await readTags(ahead)).toEqual([{ name: 'v1.0.0', sha }]);
  expect(asked).toHaveLength(3);
});

test('other names are another question', async () => {
  const { host, git, asked, sha } = await watched();
  await using _ = host;
  await using ahead = askAhead(git, ['refs/tags/v1.0.0']);
  expect(await namedCommits(ahead, [sha])).toEqual([sha]);
  expect(asked).toHaveLength(4);
});

test('nothing is asked about names where there are none', async () => {
  const { host, git, asked } = await watched();
  await using _ = host;
  await using __ = askAhead(git, []);
  expect(asked).not.toContain('cat-file');
});

test('whether it is cut, a checkout is asked where its files do not tell: a linked work tree, and one that is shallow', async () => {
  await using host = await recordingHost();
  const at = (name: string) => join(host.files.workspace, name);
  const [one = '', two = ''] = await rawCommits(host, [{ message: 'one\n' }, { message: 'two\n' }]);
  await host.exec(['git', 'clone', '-q', '--depth=1', `file://${host.files.workspace}`, at('cut')]);
  await host.exec(['git', 'worktree', 'add', '-q', '--detach', at('linked'), one]);
  await host.exec(['git', '-C', at('cut'), 'worktree', 'add', '-q', '--detach', at('linked-cut'), two]);
  const cutOf = async (checkout: string) => {
    const asked: (string | undefined)[] = [];
    await using git = await openGit(host, checkout);
    const run: Git['run'] = (args, options) => {
      asked.push(args[0]);
      return git.run(args, options);
    };
    await using ahead = askAhead({ ...git, run }, []);
    return { cut: (await shallowCheckout(ahead))?.cut, asked: asked.includes('rev-parse') };
  };
  expect(await cutOf(host.files.workspace)).toEqual({ cut: undefined, asked: false });
  expect(await cutOf(at('linked'))).toEqual({ cut: undefined, asked: true });
  expect(await cutOf(at('cut'))).toEqual({ cut: [two], asked: true });
  expect(await cutOf(at('linked-cut'))).toEqual({ cut: [two], asked: true });
});
