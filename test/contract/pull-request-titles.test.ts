import { expect, test } from '@jest/globals';
import { hurriedClock, recordingHost } from '@release-kit/action';
import { pullRequestTitles } from '@release-kit/github';
import { type FakeGitHub, startFakeGitHub } from '@release-kit/github-stand-in';

async function ask(github: FakeGitHub, numbers: Iterable<number>, token?: string) {
  await using host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock: hurriedClock() });
  return await pullRequestTitles(host, { repository: github.repository, token }, numbers);
}

/** A repository with this many merged pull requests. */
async function repositoryOf(count: number): Promise<FakeGitHub> {
  const github = await startFakeGitHub();
  for (let number = 1; number <= count; number += 1) github.pulls.add({ state: 'closed', title: `Change ${number}` });
  github.anonymous = true;
  return github;
}

const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test.each([
  ['nothing', [], 0],
  ['one', [7], 1],
  ['two hundred', upTo(301, 500), 2],
  ['a hundred new ones and an old one', [5, ...upTo(401, 500)], 2],
  ['three that lie apart', [480, 250, 5], 3],
] as const)('%s of 500 are asked in as few questions as it takes', async (_, numbers, calls) => {
  await using github = await repositoryOf(500);
  const { titles, left } = await ask(github, numbers);
  expect([...titles].sort(([a], [b]) => a - b)).toEqual(numbers.toSorted((a, b) => a - b).map((number) => [number, `Change ${number}`]));
  expect({ left, calls: github.calls.length }).toEqual({ left: 0, calls });
  expect(github.violations).toEqual([]);
});

test('a hundred questions are enough; what is left is counted', async () => {
  await using github = await repositoryOf(2);
  const { titles, left } = await ask(github, upTo(1001, 1150));
  expect([titles.size, left, github.calls.length]).toEqual([0, 51, 100]);
});

test('a number that is no pull request has no title', async () => {
  await using github = await repositoryOf(3);
  expect((await ask(github, [2, 99])).titles).toEqual(new Map([[2, 'Change 2']]));
});

test('a token that may not read them is E_TOKEN with the permission', async () => {
  await using github = await repositoryOf(3);
  github.fault = () => ({ status: 403, body: { message: 'Resource not accessible by integration' } });
  await expect(ask(github, [1, 2], 'ghs_0123456789abcdef')).rejects.toThrowWithCode('E_TOKEN', /pull-requests: read/);
});
