import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type PlainClient, plainClient } from './client.test-support.ts';
import { type FakeGitHub, startFakeGitHub } from './server.ts';

let github: FakeGitHub;
let client: PlainClient;
let clock = 0;
const commit = 'c'.repeat(40);

beforeEach(async () => {
  github = await startFakeGitHub({ now: () => clock });
  client = plainClient(github);
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  expect(github.violations).toEqual([]);
});

const draft = (fields: object = {}) => client.call('POST', '/releases', { tag_name: 'v1', draft: true, ...fields });
const change = (id: unknown, fields: object) => client.call('PATCH', `/releases/${String(id)}`, fields);

describe('drafts', () => {
  test('are hidden from get-by-tag and latest, and are in the list', async () => {
    await draft();
    expect((await client.call('GET', '/releases/tags/v1')).status).toBe(404);
    expect((await client.call('GET', '/releases/latest')).status).toBe(404);
    expect(await client.list('/releases')).toMatchObject([{ tag_name: 'v1', draft: true, published_at: null }]);
  });

  test('of one tag may be several', async () => {
    const ids = [(await draft()).body['id'], (await draft()).body['id']];
    expect((await client.list('/releases')).map(({ id }) => id)).toEqual(ids.reverse());
  });

  test('have addresses that change when they are published', async () => {
    const { body } = await draft();
    expect(body['html_url']).toMatch(/\/releases\/tag\/untagged-/);
    expect((await change(body['id'], { tag_name: 'v1', draft: false })).body['html_url']).toMatch(/\/releases\/tag\/v1$/);
  });

  test('lose their tag when they are changed without it', async () => {
    const { body } = await draft();
    expect((await change(body['id'], { tag_name: 'v1', body: 'new' })).body).toMatchObject({ tag_name: 'v1', body: 'new' });
    expect((await change(body['id'], { body: 'newer' })).body['tag_name']).toMatch(/^untagged-/);
  });
});

describe('publishing', () => {
  test('makes the tag at the target; until then there is none', async () => {
    const { body } = await draft({ target_commitish: commit });
    expect((await client.call('GET', '/git/ref/tags/v1')).status).toBe(404);
    await change(body['id'], { tag_name: 'v1', draft: false });
    expect((await client.call('GET', '/git/ref/tags/v1')).body).toMatchObject({
      ref: 'refs/tags/v1',
      object: { type: 'commit', sha: commit },
    });
    expect((await client.call('GET', '/releases/tags/v1')).body).toMatchObject({ id: body['id'], draft: false });
  });

  test('leaves a tag that is there where it is, and makes one at the head of the branch without a target', async () => {
    const head = github.git.push('heads/main', { a: 'b' });
    github.git.references.set('tags/v1', commit);
    await client.call('POST', '/releases', { tag_name: 'v1', target_commitish: 'd'.repeat(40) });
    await client.call('POST', '/releases', { tag_name: 'v2' });
    expect([github.git.references.get('tags/v1'), github.git.references.get('tags/v2')]).toEqual([commit, head]);
  });

  test('twice for one tag is 422 already_exists', async () => {
    github.addRelease({ tag: 'v1', draft: false });
    const refused = { message: 'Validation Failed', errors: [{ resource: 'Release', field: 'tag_name', code: 'already_exists' }] };
    expect(await client.call('POST', '/releases', { tag_name: 'v1' })).toMatchObject({ status: 422, body: refused });
    const { body } = await draft();
    expect(await change(body['id'], { tag_name: 'v1', draft: false })).toMatchObject({ status: 422, body: refused });
  });

  test('a target that is neither branch nor full SHA is 422', async () => {
    expect((await draft({ target_commitish: 'v0.9' })).body).toMatchObject({ errors: [{ field: 'target_commitish', code: 'invalid' }] });
    expect((await draft({ target_commitish: 'main' })).status).toBe(201);
  });

  test('a text above 125,000 characters is 422', async () => {
    expect((await draft({ body: 'x'.repeat(125_000) })).status).toBe(201);
    expect((await draft({ body: 'x'.repeat(125_001) })).body).toMatchObject({ errors: [{ field: 'body', code: 'custom' }] });
  });

  test('the latest release is the newest full one, unless somebody chose', async () => {
    const latest = async () => (await client.call('GET', '/releases/latest')).body['tag_name'];
    await client.call('POST', '/releases', { tag_name: 'v1' });
    await client.call('POST', '/releases', { tag_name: 'v2', prerelease: true });
    expect(await latest()).toBe('v1');
    const { body } = await client.call('POST', '/releases', { tag_name: 'v0.9', make_latest: 'false' });
    expect(await latest()).toBe('v1');
    await change(body['id'], { make_latest: 'true' });
    expect(await latest()).toBe('v0.9');
  });
});

describe('immutable releases', () => {
  beforeEach(() => {
    github.settings.immutableReleases = true;
  });

  test('freeze when they are published: title and text may change, tag, draft and assets may not', async () => {
    const { body } = await draft();
    const id = Number(body['id']);
    await client.upload(id, 'a.deb', 'a');
    expect((await change(id, { tag_name: 'v1', draft: false })).body['immutable']).toBe(true);
    expect(await change(id, { name: 'title', body: 'text' })).toMatchObject({ status: 200, body: { name: 'title', tag_name: 'v1' } });
    expect((await change(id, { tag_name: 'v2' })).status).toBe(422);
    expect((await change(id, { draft: true })).status).toBe(422);
    expect((await client.upload(id, 'b.deb', 'b')).body['message']).toBe('Cannot upload assets to an immutable release.');
    const [asset] = await client.list(`/releases/${id}/assets`);
    expect((await client.call('DELETE', `/releases/assets/${String(asset?.['id'])}`)).status).toBe(422);
    expect((await client.call('PATCH', `/releases/assets/${String(asset?.['id'])}`, { name: 'c.deb' })).status).toBe(422);
    expect((await client.call('DELETE', '/git/refs/tags/v1')).status).toBe(422);
    expect((await client.call('PATCH', '/git/refs/tags/v1', { sha: commit, force: true })).status).toBe(422);
  });

  test('burn the name of their tag: also when they are deleted, nothing else can have it', async () => {
    const { body } = await client.call('POST', '/releases', { tag_name: 'v1' });
    expect((await draft()).body).toMatchObject({ errors: [{ message: 'tag_name was used by an immutable release' }] });
    expect((await client.call('DELETE', `/releases/${String(body['id'])}`)).status).toBe(204);
    expect((await draft()).body).toMatchObject({ errors: [{ message: 'tag_name was used by an immutable release' }] });
    expect((await client.call('DELETE', '/git/refs/tags/v1')).status).toBe(204);
    expect((await client.call('POST', '/git/refs', { ref: 'refs/tags/v1', sha: commit })).status).toBe(422);
    expect((await draft({ tag_name: 'v1.0.1' })).status).toBe(201);
  });

  test('are seen in the settings; 404 says that they are off', async () => {
    expect((await client.call('GET', '/immutable-releases')).body).toEqual({ enabled: true, enforced_by_owner: false });
    github.settings.immutableReleases = false;
    expect((await client.call('GET', '/immutable-releases')).status).toBe(404);
  });
});

describe('lists', () => {
  test('come in pages of at most 100 with links to the others', async () => {
    for (let index = 0; index < 150; index += 1) github.addRelease({ tag: `v${index}`, draft: false });
    const first = await client.call('GET', '/releases?per_page=200');
    expect(JSON.parse(first.text)).toHaveLength(100);
    expect(first.headers.get('link')).toMatch(/page=2>; rel="next", <.*page=2>; rel="last"/);
    const second = await client.call('GET', '/releases?per_page=100&page=2');
    expect(JSON.parse(second.text)).toHaveLength(50);
    expect(second.headers.get('link')).toMatch(/rel="prev", .*rel="first"/);
    expect(JSON.parse((await client.call('GET', '/releases')).text)).toHaveLength(30);
  });

  test('lag behind what was written, and single releases do not', async () => {
    github.lag = 5000;
    const { body } = await draft();
    expect(await client.list('/releases')).toEqual([]);
    expect((await client.call('GET', `/releases/${String(body['id'])}`)).status).toBe(200);
    clock += 3000;
    await client.upload(Number(body['id']), 'a', 'a');
    clock += 2000;
    expect(await client.list('/releases')).toMatchObject([{ id: body['id'], assets: [] }]);
    expect(await client.list(`/releases/${String(body['id'])}/assets`)).toEqual([]);
    clock += 3000;
    expect(await client.list('/releases')).toMatchObject([{ assets: [{ name: 'a' }] }]);
    expect(await client.list(`/releases/${String(body['id'])}/assets`)).toMatchObject([{ name: 'a' }]);
  });
});
