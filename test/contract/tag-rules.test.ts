import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { hurriedClock, recordingHost } from '@release-kit/action';
import { runProgram } from '@release-kit/cli';
import { tagRules } from '@release-kit/github';
import { type FakeGitHub, type FakeRuleset, startFakeGitHub } from '@release-kit/github-stand-in';

const ruleset = (id: number, more: Partial<FakeRuleset> = {}): FakeRuleset => ({
  id,
  name: `rules ${id}`,
  target: 'tag',
  enforcement: 'active',
  include: ['refs/tags/v*'],
  exclude: [],
  forbids: ['update', 'deletion'],
  ...more,
});

test('rules for tags that are in force are read, as GitHub describes them', async () => {
  await using github = await startFakeGitHub();
  github.rulesets.push(
    ruleset(1),
    ruleset(2, { target: 'branch' }),
    ruleset(3, { enforcement: 'evaluate' }),
    ruleset(4, { include: ['~ALL'] }),
  );
  await using host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock: hurriedClock() });
  expect(await tagRules(host, { repository: github.repository, token: 'ghs_0123456789abcdef' })).toEqual([
    { name: 'rules 1', include: ['refs/tags/v*'], exclude: [], forbids: ['update', 'deletion'] },
    { name: 'rules 4', include: ['~ALL'], exclude: [], forbids: ['update', 'deletion'] },
  ]);
  expect(github.violations).toEqual([]);
});

describe('doctor tells of release tags', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tag-rules-'));
    execFileSync('git', ['init', '--quiet', folder]);
    execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', 'git@git.example.org:owner/project.git']);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function told(github: FakeGitHub, token: string): Promise<string> {
    let text = '';
    const stdout = { write: (more: string) => (text += more) };
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, GITHUB_API_URL: github.url, RELEASE_KIT_TOKEN: token };
    await runProgram(['doctor', '--only', 'repository'], { env, cwd: folder, stdout, stderr: stdout });
    expect(text).not.toContain('ghs_');
    return text.split('\n').find((line) => line.includes(' tags')) ?? text;
  }

  test('that nobody can move them, or who can, or why it was not looked at', async () => {
    await using github = await startFakeGitHub();
    expect(await told(github, '')).toMatch(/note {2}tags: .* were not looked at: RELEASE_KIT_TOKEN/);
    expect(await told(github, 'ghs_0123456789abcdef')).toMatch(/note {2}tags: release tags can be moved and deleted/);
    github.rulesets.push(ruleset(1, { forbids: ['update'] }));
    expect(await told(github, 'ghs_0123456789abcdef')).toMatch(/note {2}tags: release tags can be deleted/);
    github.rulesets.push(ruleset(2, { name: 'releases' }));
    expect(await told(github, 'ghs_0123456789abcdef')).toMatch(/good {2}tags: release tags can be neither moved nor deleted/);
    expect(await told(github, 'ghs_bad')).toMatch(/note {2}tags: rules for tags could not be looked at: /);
  });
});
