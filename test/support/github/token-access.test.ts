import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { plainClient } from './client.test-support.ts';
import { type FakeGitHub, startFakeGitHub } from './server.ts';

let github: FakeGitHub;
const commit = 'c'.repeat(40);

beforeEach(async () => {
  github = await startFakeGitHub();
  github.tokens.set('reader', { permissions: { contents: 'read' } });
  github.tokens.set('writer', { permissions: { contents: 'write' } });
  github.tokens.set('stranger', { permissions: { contents: 'write' }, stranger: true });
  github.addRelease({ tag: 'v1', draft: false });
  github.addRelease({ tag: 'v2' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  expect(github.violations).toEqual([]);
});

const tagsSeenBy = async (token: string | undefined) => (await plainClient(github, token).list('/releases')).map((one) => one['tag_name']);

describe('what a token may not do is 403 with the permission that is missing', () => {
  const run = { name: 'check', head_sha: commit };
  const sarif = { commit_sha: commit, ref: 'refs/heads/main', sarif: 'x' };
  test.each([
    ['POST', '/releases', { tag_name: 'v3' }, 'contents=write'],
    ['POST', '/check-runs', run, 'checks=write'],
    ['GET', `/commits/${commit}/check-runs`, undefined, 'checks=read'],
    ['POST', '/pulls', { title: 'a', head: 'b', base: 'main' }, 'pull_requests=write'],
    ['POST', '/code-scanning/sarifs', sarif, 'security_events=write'],
    ['GET', '/immutable-releases', undefined, 'administration=read'],
  ])('%s %s', async (method, path, body, permission) => {
    const { status, headers, body: said } = await plainClient(github, 'reader').call(method, path, body);
    expect([status, said['message']]).toEqual([403, 'Resource not accessible by integration']);
    expect(headers.get('x-accepted-github-permissions')).toBe(permission);
    expect(github.releases).toHaveLength(2);
  });

  test('and with the permission it is done', async () => {
    expect((await plainClient(github, 'writer').call('POST', '/releases', { tag_name: 'v3', draft: true })).status).toBe(201);
  });
});

describe('drafts are shown to those who may write', () => {
  test('in the list', async () => {
    expect(await tagsSeenBy('writer')).toEqual(['v2', 'v1']);
    expect(await tagsSeenBy('reader')).toEqual(['v1']);
  });

  test('by their number', async () => {
    const draft = github.releases.find((one) => one.draft)?.id;
    const statusOf = async (token: string, path: string) => (await plainClient(github, token).call('GET', path)).status;
    expect(await statusOf('writer', `/releases/${draft}`)).toBe(200);
    expect(await statusOf('reader', `/releases/${draft}`)).toBe(404);
    expect(await statusOf('reader', `/releases/${draft}/assets`)).toBe(404);
  });
});

describe('who cannot see the repository', () => {
  test('gets 404, whatever is asked', async () => {
    expect((await plainClient(github, 'stranger').call('GET', '/releases')).status).toBe(404);
    expect((await plainClient(github, 'stranger').call('POST', '/releases', { tag_name: 'v3' })).status).toBe(404);
    const other = `${github.url}/repos/owner/another/releases`;
    expect((await plainClient(github).call('GET', other)).status).toBe(404);
  });

  test('reads what is public, without drafts, and writes nothing', async () => {
    github.anonymous = true;
    expect(await tagsSeenBy('stranger')).toEqual(['v1']);
    const response = await fetch(`${github.url}/repos/${github.repository}/releases`);
    expect(await response.json()).toHaveLength(1);
    const written = await fetch(response.url, { method: 'POST', body: '{"tag_name":"v3"}' });
    expect(written.status).toBe(401);
  });
});

test('a token that ends half-way is 401 from then on', async () => {
  const client = plainClient(github, 'writer');
  expect((await client.call('GET', '/releases')).status).toBe(200);
  github.tokens.set('writer', 'expired');
  expect(await client.call('GET', '/releases')).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
});
