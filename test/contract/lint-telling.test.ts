import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hurriedClock, type RecordingHost, recordingHost } from '@release-kit/action';
import { alertOn, type LintResult, type Telling, tell } from '@release-kit/action-lintian-check';
import { findingOf, locationOf, placedOf } from '@release-kit/action-lintian-check/hint-sample';
import { resultOf } from '@release-kit/action-lintian-check/lint-result-sample';
import { type FakeGitHub, startFakeGitHub, writesOf } from '@release-kit/github-stand-in';

const head = 'a'.repeat(40);
const merge = 'c'.repeat(40);

interface Bench extends AsyncDisposable {
  readonly github: FakeGitHub;
  readonly host: RecordingHost;
  readonly tell: (result: LintResult, how?: Partial<Telling>) => Promise<void>;
}

/** A run for a pull request, as a runner starts it. */
async function bench(from = 'owner/project'): Promise<Bench> {
  const github = await startFakeGitHub();
  const folder = await recordingHost();
  const event = join(folder.files.workspace, 'event.json');
  const pull = {
    number: 7,
    head: { sha: head, repo: { full_name: from } },
    base: { sha: 'b'.repeat(40), repo: { full_name: github.repository } },
  };
  await writeFile(event, JSON.stringify({ pull_request: pull }));
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_SHA: merge,
    GITHUB_RUN_ID: '99',
    GITHUB_EVENT_PATH: event,
  };
  const host = await recordingHost({ env, clock: hurriedClock() });
  const usual: Telling = { annotations: 'auto', githubToken: 'ghs_0123456789abcdef', source: host.files.workspace, sourcePackage: 'hello' };
  return {
    github,
    host,
    tell: (result, how = {}) => tell(result, new Map(), { ...usual, ...how }, host),
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A warning on each line of debian/control. */
function result(warnings: number): LintResult {
  const placed = Array.from({ length: warnings }, (_, index) => {
    const line = index + 1;
    const location = locationOf(`debian/control:${line}`, { place: { file: 'debian/control', line }, exact: true });
    return placedOf(findingOf({ severity: 'warning', note: `${index}` }), { location });
  });
  return resultOf({ placed });
}

describe('telling a run for a pull request', () => {
  test('with a token that may, all findings are in a check of the branch, and none is a command of the runner', async () => {
    await using on = await bench();
    await on.tell(result(137));
    expect(on.github.checks).toEqual([
      expect.objectContaining({ headSha: head, name: 'lintian: hello (debian:12, amd64)', status: 'completed', title: '137 warnings' }),
    ]);
    expect(on.github.checks[0]?.annotations).toHaveLength(137);
    expect(on.github.checks[0]?.annotations[4]).toMatchObject({
      path: 'debian/control',
      start_line: 5,
      end_line: 5,
      annotation_level: 'warning',
    });
    expect(writesOf(on.github.calls)).toHaveLength(3);
    expect(on.host.recorded.annotations).toEqual([]);
    expect(on.host.recorded.lines).toContainEqual(expect.stringMatching(/^debian\/control:1: warning: hello: some-tag 0$/));
    expect(on.host.recorded.lines).toContainEqual(expect.stringMatching(/^all findings are in a check of their own: http/));
    expect(on.host.recorded.masked).toEqual(['ghs_0123456789abcdef']);
    expect(on.github.violations).toEqual([]);
  });

  test('a job that runs again makes no second check', async () => {
    await using on = await bench();
    await on.tell(result(60));
    await on.tell(result(60));
    expect(on.github.checks).toHaveLength(1);
    expect(on.github.checks[0]?.annotations).toHaveLength(60);
  });

  test('where the token may only read, they go out as commands, and one plain line says so', async () => {
    await using on = await bench();
    on.github.fault = () => ({ status: 403, body: { message: 'Resource not accessible by integration' } });
    await on.tell(result(12));
    const { annotations, lines } = on.host.recorded;
    expect(annotations.filter(({ level }) => level === 'warning')).toHaveLength(10);
    expect(annotations.at(-1)).toEqual({
      level: 'notice',
      title: 'lintian: 2 more findings',
      message: '2 warnings more are in the summary: https://github.com/owner/project/actions/runs/99?pr=7',
    });
    expect(lines.filter((line) => line.includes('checks: write'))).toEqual([
      expect.stringMatching(/^findings go out as commands of the runner: the token lacks the permission checks: write/),
    ]);
    expect(lines.filter((line) => line.startsWith('warning:'))).toEqual([]);
  });

  test('when GitHub is out of order the step goes on, with a warning', async () => {
    await using on = await bench();
    on.github.fault = () => ({ status: 422, body: { message: 'Validation Failed' } });
    await on.tell(result(1));
    expect(on.host.recorded.annotations).toHaveLength(1);
    expect(on.host.recorded.lines).toContainEqual(
      expect.stringMatching(/^warning: findings go out as commands of the runner: GitHub answered 422/),
    );
  });

  test('from a fork nothing is asked of GitHub', async () => {
    await using on = await bench('stranger/project');
    await on.tell(result(1));
    expect(on.github.calls).toEqual([]);
    expect(on.host.recorded.annotations).toHaveLength(1);
  });

  test.each([{ annotations: 'commands' as const }, { githubToken: undefined }, { githubToken: '' }])('nor with %j', async (how) => {
    await using on = await bench();
    await on.tell(result(1), how);
    expect(on.github.calls).toEqual([]);
    expect(on.host.recorded.annotations).toHaveLength(1);
  });

  test('who asks for nothing has them in the log and the summary only', async () => {
    await using on = await bench();
    await on.tell(result(2), { annotations: 'none' });
    expect(on.github.calls).toEqual([]);
    expect(on.host.recorded.annotations).toEqual([]);
    expect(on.host.recorded.lines).toContainEqual(expect.stringMatching(/^debian\/control:2: warning: /));
  });

  test('who asks for a check gets it or an error, and the summary in any case', async () => {
    await using on = await bench();
    on.github.fault = () => ({ status: 403, body: { message: 'Resource not accessible by integration' } });
    await expect(on.tell(result(1), { annotations: 'checks' })).rejects.toThrowWithCode('E_TOKEN', /checks: write/);
    expect(on.host.summary.text).toContain('### lintian: failed');
    await using local = await recordingHost();
    const how: Telling = { annotations: 'checks', githubToken: 'x', source: local.files.workspace, sourcePackage: 'hello' };
    await expect(tell(result(1), new Map(), how, local)).rejects.toThrowWithCode('E_INPUT', /no run of GitHub/);
  });
});

test('on a terminal every finding is shown, and how each kind is mended once', async () => {
  await using host = await recordingHost();
  const explanations = new Map([['some-tag', { meaning: 'Something.', cure: 'Write it anew.', references: [] }]]);
  await tell(
    result(40),
    explanations,
    { annotations: 'auto', githubToken: undefined, source: host.files.workspace, sourcePackage: 'hello' },
    host,
  );
  expect(host.recorded.annotations).toHaveLength(40);
  expect(host.recorded.lines.filter((line) => line.includes('Write it anew.'))).toEqual(['  some-tag: Write it anew.']);
});

describe('alerts of code scanning', () => {
  const sarif = '{"version": "2.1.0", "runs": []}';
  const githubToken = 'ghs_0123456789abcdef';

  test('are of the commit and the ref of the run', async () => {
    await using on = await bench();
    await alertOn(sarif, { githubToken }, { ...on.host, github: { ...on.host.github, ref: 'refs/pull/7/merge' } });
    expect(on.github.sarifs).toMatchObject([{ commit: merge, ref: 'refs/pull/7/merge', errors: [] }]);
    expect(on.host.recorded.lines).toContain('code scanning has taken the findings in');
  });

  test('are left out from a fork, and that is said', async () => {
    await using on = await bench('stranger/project');
    await alertOn(sarif, { githubToken }, { ...on.host, github: { ...on.host.github, ref: 'refs/pull/7/merge' } });
    expect(on.github.calls).toEqual([]);
    expect(on.host.recorded.lines.join('\n')).toMatch(
      /not brought to code scanning: the token of a pull request from a fork may only read/,
    );
  });

  test('outside GitHub are refused', async () => {
    await using local = await recordingHost();
    await expect(alertOn(sarif, { githubToken }, local)).rejects.toThrowWithCode('E_INPUT', /no run of GitHub/);
  });
});
