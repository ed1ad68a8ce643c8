import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Host, hurriedClock, recordingHost, UserError } from '@release-kit/action';
import {
  bringReleaseRequest,
  type GitHubTarget,
  githubStore,
  planRelease,
  publishedReleases,
  pullRequestTitles,
  reportCheck,
} from '@release-kit/github';
import { startFakeGitHub, type TokenGrant } from '@release-kit/github-stand-in';

const commit = 'c'.repeat(40);
const changed = { path: 'CHANGELOG.md', bytes: Buffer.from('new'), executable: false };

/** Whatever asks something of GitHub, with as little as it takes. */
const users: Readonly<Record<string, (host: Host, target: GitHubTarget, head: string) => Promise<unknown>>> = {
  async draft(host, target) {
    await using store = await githubStore(host, target);
    const plan = planRelease({ tag: 'v1.0.0', prerelease: false, notes: '', commit, files: [] });
    await store.preflight(plan);
    await store.draft(plan);
  },
  check: (host, target) =>
    reportCheck(host, target, {
      name: 'lintian',
      headSha: commit,
      conclusion: 'success',
      title: 't',
      summary: 's',
      text: '',
      annotations: [],
    }),
  download: async (host, target) => (await publishedReleases(host, target)).list(),
  titles: (host, target) => pullRequestTitles(host, target, [1, 2]),
  'release request': (host, target, head) =>
    bringReleaseRequest(host, target, { branch: 'b', base: 'main', commit: head, tag: 'v1.0.0', title: 't', text: 't', files: [changed] }),
};

const grants: Readonly<Record<string, TokenGrant | 'expired'>> = {
  nothing: { permissions: {} },
  'all to read': { permissions: { contents: 'read', checks: 'read', 'pull-requests': 'read' } },
  'contents: write': { permissions: { contents: 'write' } },
  'contents: write and pull requests to read': { permissions: { contents: 'write', 'pull-requests': 'read' } },
  'another repository': { permissions: {}, stranger: true },
  'no more': 'expired',
};

async function told(
  grant: TokenGrant | 'expired',
  use: (host: Host, target: GitHubTarget, head: string) => Promise<unknown>,
): Promise<string> {
  await using github = await startFakeGitHub();
  await using host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock: hurriedClock() });
  const token = 'ghs_0123456789abcdef';
  github.tokens.set(token, grant);
  const sha = github.git.push('heads/main', { a: 'b' });
  try {
    await use(host, { repository: github.repository, token }, sha);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `${error.code} ${error.message}\n  ${error.cure}`.replaceAll(sha, 'SHA');
  }
  return 'is enough';
}

test('G19 each missing permission is told with the line that grants it', async () => {
  const found: string[] = [];
  for (const [user, use] of Object.entries(users))
    for (const [allows, grant] of Object.entries(grants)) found.push(`${user}, with a token for ${allows}:\n  ${await told(grant, use)}\n`);
  expect(found.join('\n')).toBe(readFileSync(join(import.meta.dirname, 'fixtures/missing-permissions.txt'), 'utf8'));
});
