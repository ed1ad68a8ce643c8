import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type PlainClient, plainClient } from './client.test-support.ts';
import { annotate } from './reference-routes.ts';
import { type FakeGitHub, startFakeGitHub } from './server.ts';

let github: FakeGitHub;
let client: PlainClient;

beforeEach(async () => {
  github = await startFakeGitHub();
  client = plainClient(github);
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

describe('references and commits', () => {
  test('a tag names its commit, an annotated one by an object of its own', async () => {
    const commit = github.git.push('heads/main', { a: 'b' }, 'feat: first');
    github.git.references.set('tags/v1', commit);
    github.git.references.set('tags/v2', annotate(github, 'v2', commit));
    const target = async (tag: string) => (await client.call('GET', `/git/ref/tags/${tag}`)).body['object'];
    expect(await target('v1')).toMatchObject({ type: 'commit', sha: commit });
    const { sha } = Object(await target('v2'));
    expect(await target('v2')).toMatchObject({ type: 'tag' });
    expect((await client.call('GET', `/git/tags/${sha}`)).body).toMatchObject({ tag: 'v2', object: { type: 'commit', sha: commit } });
    for (const name of ['main', 'v1', 'v2', commit])
      expect((await client.call('GET', `/commits/${name}`)).body).toMatchObject({ sha: commit, commit: { message: 'feat: first' } });
    expect(github.violations).toEqual([]);
  });

  test('what is not there is 404, a commit that nobody knows 422', async () => {
    expect((await client.call('GET', '/git/ref/tags/none')).status).toBe(404);
    expect((await client.call('GET', `/git/tags/${'e'.repeat(40)}`)).status).toBe(404);
    expect((await client.call('GET', '/commits/nothing')).status).toBe(422);
    expect((await client.call('DELETE', '/git/refs/tags/none')).status).toBe(422);
    expect(github.violations).toEqual([]);
  });

  test('a reference goes when it is deleted; slashes in its name need no quoting', async () => {
    github.git.push('heads/a/b', {});
    expect((await client.call('GET', '/git/ref/heads/a/b')).status).toBe(200);
    expect((await client.call('GET', '/git/ref/heads%2Fa%2Fb')).status).toBe(200);
    expect((await client.call('DELETE', '/git/refs/heads/a/b')).status).toBe(204);
    expect((await client.call('GET', '/git/ref/heads/a/b')).status).toBe(404);
    expect(github.violations).toEqual([]);
  });

  test('an annotated tag is made in two steps: its object, then its reference', async () => {
    const commit = github.git.push('heads/main', { a: 'b' });
    const made = await client.call('POST', '/git/tags', { tag: 'v1', message: 'one', object: commit, type: 'commit' });
    expect(made.status).toBe(201);
    expect(github.git.references.has('tags/v1')).toBe(false);
    expect(github.violations).toEqual([]);
  });
});

describe('code scanning', () => {
  const upload = (sarif: string) =>
    client.call('POST', '/code-scanning/sarifs', { commit_sha: 'c'.repeat(40), ref: 'refs/heads/main', sarif });
  const packed = (document: unknown): string => gzipSync(JSON.stringify(document)).toString('base64');

  test('takes findings in at once, and tells later what became of them', async () => {
    const { status, body } = await upload(packed({ version: '2.1.0', runs: [] }));
    expect(status).toBe(202);
    const path = `/code-scanning/sarifs/${String(body['id'])}`;
    expect((await client.call('GET', path)).body).toEqual({ processing_status: 'pending' });
    expect((await client.call('GET', path)).body).toMatchObject({ processing_status: 'complete' });
    expect(github.sarifs).toMatchObject([{ ref: 'refs/heads/main', document: { version: '2.1.0' } }]);
    expect(github.violations).toEqual([]);
  });

  test.each([
    ['no gzip', Buffer.from('{}').toString('base64'), /no gzip/],
    ['another version', packed({ version: '1.0.0', runs: [] }), /version 2\.1\.0/],
    ['no runs', packed({ version: '2.1.0' }), /runs/],
  ])('refuses %s only when it is asked', async (_, sarif, error) => {
    const { status, body } = await upload(sarif);
    expect(status).toBe(202);
    const path = `/code-scanning/sarifs/${String(body['id'])}`;
    await client.call('GET', path);
    expect((await client.call('GET', path)).body).toEqual({ processing_status: 'failed', errors: [expect.stringMatching(error)] });
    expect(github.violations).toEqual([]);
  });
});

describe("what breaks GitHub's own description is told", () => {
  test.each([
    ['an address that it does not know', 'GET', '/unknown', undefined, /is no operation/],
    ['a query that it does not know', 'GET', '/releases?perpage=3', undefined, /the query perpage is unknown/],
    ['a field that it does not know', 'POST', '/releases', { tag_name: 'v1', drafts: true }, /the field drafts is unknown/],
    ['a field that is missing', 'POST', '/releases', { draft: true }, /must have required property 'tag_name'/],
    ['a field of another type', 'POST', '/releases', { tag_name: 'v1', draft: 'yes' }, /must be boolean/],
    ['a number that is none', 'GET', '/releases?page=x', undefined, /must be integer/],
  ])('%s', async (_, method, path, body, problem) => {
    await client.call(method, path, body);
    expect(github.violations.join('\n')).toMatch(problem);
  });

  test('the answers of the stand-in as well', async () => {
    github.addRelease({ tag: 'v1', title: Object(7) });
    await client.list('/releases');
    expect(github.violations.join('\n')).toMatch(/repos\/list-releases 200.*name must be string,null/);
  });
});
