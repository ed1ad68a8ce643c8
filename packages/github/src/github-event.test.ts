import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { pullRequestOf, runPageOf } from './github-event.ts';

const head = 'a'.repeat(40);
const base = 'b'.repeat(40);

async function readEventOf(text: string) {
  await using folder = await recordingHost();
  const file = join(folder.files.workspace, 'event.json');
  await writeFile(file, text);
  await using host = await recordingHost({ env: { GITHUB_EVENT_PATH: file } });
  return await pullRequestOf(host);
}

const eventOf = (headRepository: string | null) =>
  JSON.stringify({
    pull_request: {
      number: 12,
      head: { sha: head, repo: headRepository === null ? null : { full_name: headRepository } },
      base: { sha: base, repo: { full_name: 'owner/project' } },
    },
  });

describe('pullRequestOf', () => {
  test('names both ends of a pull request, not the merge that GitHub tries out', async () => {
    expect(await readEventOf(eventOf('owner/project'))).toEqual({ number: 12, headSha: head, baseSha: base, fromFork: false });
  });

  test('a branch of another repository, or of one that is gone, is a fork', async () => {
    expect(await readEventOf(eventOf('stranger/project'))).toMatchObject({ fromFork: true });
    expect(await readEventOf(eventOf(null))).toMatchObject({ fromFork: true });
  });

  test.each([
    '{}',
    '[]',
    'null',
    '{"pull_request":{"number":"1"}}',
    '{"pull_request":{"number":1,"head":{"sha":"$(id)"},"base":{"sha":""}}}',
  ])('anything else is no pull request: %s', async (text) => {
    expect(await readEventOf(text)).toBeUndefined();
  });

  test('text that is no JSON is refused, no file is no event', async () => {
    await expect(readEventOf('{')).rejects.toThrowWithCode('E_HOST', /GITHUB_EVENT_PATH/);
    await using host = await recordingHost({ env: { GITHUB_EVENT_PATH: '/nonexistent/event.json' } });
    expect(await pullRequestOf(host)).toBeUndefined();
  });
});

test('the page of a run is known only where all its parts are', async () => {
  await using host = await recordingHost({ env: { GITHUB_REPOSITORY: 'owner/project', GITHUB_RUN_ID: '77' } });
  const pull = { number: 12, headSha: head, baseSha: base, fromFork: false };
  expect(runPageOf(host, pull)).toBe('https://github.com/owner/project/actions/runs/77?pr=12');
  expect(runPageOf(host, undefined)).toBe('https://github.com/owner/project/actions/runs/77');
  await using other = await recordingHost({ env: { GITHUB_REPOSITORY: 'owner/project', GITHUB_RUN_ID: '7/../8' } });
  expect(runPageOf(other, undefined)).toBeUndefined();
});
