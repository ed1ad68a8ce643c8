import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hurriedClock, readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from '@release-kit/action-changelog';
import { type FakeGitHub, startFakeGitHub } from '@release-kit/github-stand-in';

/** Notes of a history of merges and squashes without a conventional commit, and what the log says. */
async function notesWith(github: FakeGitHub, inputs: Record<string, string> = {}) {
  await using host = await recordingHost({
    env: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository },
    clock: hurriedClock(),
  });
  const checkout = join(host.files.workspace, 'project');
  const git = async (...args: string[]) =>
    void (await host.exec(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: checkout }));
  const commit = (message: string) => git('commit', '-q', '--allow-empty', '-m', message);
  await host.exec(['git', 'init', '-q', '-b', 'main', checkout]);
  await commit('Begin');
  await git('tag', 'v1.0.0');
  await git('checkout', '-q', '-b', 'topic');
  await commit('wip');
  await commit('more of it');
  await git('checkout', '-q', 'main');
  await git('merge', '-q', '--no-ff', '-m', 'Merge pull request #1 from x/topic\n\nOld title', 'topic');
  await commit('Squashed (#2)');
  await commit('fix: direct');
  const given = { source: checkout, 'pull-request-titles': 'true', token: 'ghs_0123456789abcdef', ...inputs };
  const { notes, version } = await run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name }), host);
  return { notes: notes.replace(/ \(\[.*$/gm, ''), version, lines: host.recorded.lines };
}

test('commits without a type are listed by their pull requests, with the titles that these have now', async () => {
  await using github = await startFakeGitHub();
  github.pulls.add({ state: 'closed', title: 'A parser for @everyone' });
  github.pulls.add({ state: 'closed', title: 'Mended' });
  const { notes, version, lines } = await notesWith(github);
  expect(version).toBe('1.0.1');
  expect(notes).toMatch(/^## Fixes\n\n- direct\n\n## Other changes\n\n- Mended\n- A parser for @\u200beveryone\n/);
  expect(lines).toContain('Titles of pull requests: 2');
  expect(github.calls).toHaveLength(1);
  expect(github.violations).toEqual([]);
});

test.each([
  ['a permission', { status: 403, body: { message: 'Resource not accessible by integration' } }, /pull-requests: read/],
  ['an answer', { status: 502, body: { message: 'Bad Gateway' } }, /GitHub answered 502/],
])('without %s the subjects stand, and the reason is said', async (_, fault, words) => {
  await using github = await startFakeGitHub();
  github.fault = () => fault;
  const { notes, lines } = await notesWith(github);
  expect(notes).toMatch(/## Other changes\n\n- Squashed\n- more of it\n- wip\n/);
  expect(lines.filter((line) => line.startsWith('warning: the titles of 2 pull requests are not known'))).toEqual([
    expect.stringMatching(words),
  ]);
});

test('nothing is asked when every commit says what it is', async () => {
  await using github = await startFakeGitHub();
  await notesWith(github, { from: 'main~1' });
  expect(github.calls).toEqual([]);
});
