import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { askAhead } from './ask-ahead.ts';
import { type Git, namedCommits, openGit, readTags } from './index.ts';
import { rawCommits } from './log.test-support.ts';

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
  expect(asked.toSorted()).toEqual(['cat-file', 'config', 'for-each-ref', 'rev-parse']);
  expect(await namedCommits(ahead, names)).toEqual([sha, undefined, undefined]);
  expect(await readTags(ahead)).toEqual([{ name: 'v1.0.0', sha }]);
  expect(asked).toHaveLength(4);
});

test('other names are another question', async () => {
  const { host, git, asked, sha } = await watched();
  await using _ = host;
  await using ahead = askAhead(git, ['refs/tags/v1.0.0']);
  expect(await namedCommits(ahead, [sha])).toEqual([sha]);
  expect(asked).toHaveLength(5);
});

test('nothing is asked about names where there are none', async () => {
  const { host, git, asked } = await watched();
  await using _ = host;
  await using __ = askAhead(git, []);
  expect(asked).not.toContain('cat-file');
});
