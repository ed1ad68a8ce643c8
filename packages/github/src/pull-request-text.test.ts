import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { pullRequestTextOf } from './pull-request-text.ts';

const side = (sha: string, repository: object = {}) => ({ sha: sha.repeat(40), repo: { full_name: 'owner/project', ...repository } });

async function textOf(pull: object) {
  await using folder = await recordingHost();
  const file = join(folder.files.workspace, 'event.json');
  await writeFile(file, JSON.stringify({ pull_request: pull }));
  await using host = await recordingHost({ env: { GITHUB_EVENT_PATH: file } });
  return await pullRequestTextOf(host);
}

test('title and text are what the event says; a pull request without a text has an empty one', async () => {
  const pull = { number: 12, head: side('a'), base: side('b') };
  expect(await textOf({ ...pull, title: 'feat: x', body: 'Why.' })).toEqual({
    ...{ number: 12, headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40), title: 'feat: x', body: 'Why.', merging: undefined },
  });
  expect(await textOf({ ...pull, title: 'feat: x', body: null })).toMatchObject({ body: '' });
});

test.each([
  [{ allow_squash_merge: true, allow_merge_commit: false, allow_rebase_merge: false }, [true, false, true, 'commits']],
  [{ allow_squash_merge: false, allow_merge_commit: false, allow_rebase_merge: true }, [false, true, true, 'commits']],
  [
    {
      allow_squash_merge: true,
      allow_merge_commit: true,
      allow_rebase_merge: false,
      squash_merge_commit_title: 'PR_TITLE',
      squash_merge_commit_message: 'PR_BODY',
    },
    [true, true, false, 'description'],
  ],
])('how the repository merges is known: %j', async (repository, [squash, commits, squashKeepsSingle, squashText]) => {
  const pull = { number: 12, title: 'x', head: side('a'), base: side('b', repository) };
  expect((await textOf(pull))?.merging).toEqual({ squash, commits, squashKeepsSingle, squashText });
});
