import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type PlainClient, plainClient } from './client.test-support.ts';
import { type FakeRelease, storedName } from './releases.ts';
import { type FakeGitHub, startFakeGitHub } from './server.ts';

let github: FakeGitHub;
let client: PlainClient;
let release: FakeRelease;

beforeEach(async () => {
  github = await startFakeGitHub();
  client = plainClient(github);
  release = github.addRelease({ tag: 'v1' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  expect(github.violations).toEqual([]);
});

const assets = () => client.list(`/releases/${release.id}/assets`);
const sha256 = (content: string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** Says a length, sends so many bytes, and goes away or waits for an answer. */
function sendPart(length: number, bytes: number, thenGoes: boolean): Promise<number | undefined> {
  return new Promise((done) => {
    const sent = request(`${github.url}/uploads/repos/${github.repository}/releases/${release.id}/assets?name=part`, {
      method: 'POST',
      headers: { authorization: 'token x', 'content-type': 'x/y', 'content-length': length },
    });
    sent.on('error', () => done(undefined));
    sent.on('response', ({ statusCode }) => {
      sent.destroy();
      done(statusCode);
    });
    sent.write(Buffer.alloc(bytes), () => {
      if (thenGoes) setTimeout(() => sent.destroy(), 20);
    });
  });
}

describe('names', () => {
  test.each([
    ['hello_1.0~rc1_amd64.deb', 'hello_1.0.rc1_amd64.deb'],
    ['a b(c)[d]{e}:f', 'a.b.c.d.e.f'],
    ['g++_1.2+b1.deb', 'g++_1.2+b1.deb'],
    ['ünïcode.deb', 'unicode.deb'],
    ['.hidden.', 'hidden'],
    ['one..two', 'one.two'],
  ])('%s is stored as %s', async (given, stored) => {
    expect(storedName(given)).toBe(stored);
    expect((await client.upload(release.id, given, 'x')).body['name']).toBe(stored);
  });

  test('are had once, also when two become the same: 422 already_exists', async () => {
    await client.upload(release.id, 'a~b', 'x');
    const refused = { errors: [{ resource: 'ReleaseAsset', field: 'name', code: 'already_exists' }] };
    expect(await client.upload(release.id, 'a.b', 'y')).toMatchObject({ status: 422, body: refused });
    const { body } = await client.upload(release.id, 'c', 'y');
    expect(await client.call('PATCH', `/releases/assets/${String(body['id'])}`, { name: 'a b' })).toMatchObject({
      status: 422,
      body: refused,
    });
    expect((await client.call('PATCH', `/releases/assets/${String(body['id'])}`, { name: 'd e', label: 'D' })).body).toMatchObject({
      name: 'd.e',
      label: 'D',
    });
  });
});

describe('uploads', () => {
  test('are told with size, digest and state', async () => {
    const { status, body } = await client.upload(release.id, 'a', 'content');
    expect(status).toBe(201);
    expect(body).toMatchObject({ size: 7, digest: sha256('content'), state: 'uploaded' });
  });

  test('that break off leave a starter, which is in the list of assets alone and blocks its name', async () => {
    await sendPart(100, 50, true);
    while (release.assets.length === 0) await new Promise((done) => setTimeout(done, 10));
    expect(await assets()).toMatchObject([{ name: 'part', state: 'starter', size: 0, digest: null }]);
    expect((await client.call('GET', `/releases/${release.id}`)).body['assets']).toEqual([]);
    expect((await client.upload(release.id, 'part', 'x')).status).toBe(422);
    const [starter] = await assets();
    expect((await client.call('DELETE', `/releases/assets/${String(starter?.['id'])}`)).status).toBe(204);
    expect((await client.upload(release.id, 'part', 'x')).status).toBe(201);
  });

  test('of nothing are refused, of 2 GiB and more by their length alone', async () => {
    expect((await client.upload(release.id, 'empty', '')).body).toMatchObject({ errors: [{ field: 'size', code: 'custom' }] });
    expect(await sendPart(2 ** 31, 1, false)).toBe(500);
    expect(await sendPart(2 ** 31 + 1, 1, false)).toBe(422);
    expect(await assets()).toEqual([]);
  });

  test('more than 1,000 are refused', async () => {
    const one = { label: null, contentType: 'x/y', bytes: Buffer.from('x'), state: 'uploaded' } as const;
    release.assets.push(...Array.from({ length: 1000 }, (_, index) => ({ ...one, id: index, name: `a${index}` })));
    expect((await client.upload(release.id, 'one-more', 'x')).status).toBe(422);
  });

  test('that are large are measured and not kept', async () => {
    const content = Buffer.alloc(17 * 1024 ** 2, 'x');
    const { body } = await client.upload(release.id, 'large', content);
    expect(body).toMatchObject({ size: content.length, digest: `sha256:${createHash('sha256').update(content).digest('hex')}` });
    expect(release.assets[0]?.bytes).toHaveLength(0);
  });
});

describe('downloads', () => {
  test('lie on another host, which wants no token', async () => {
    const { body } = await client.upload(release.id, 'a', 'content');
    const answer = await fetch(`${github.url}/repos/${github.repository}/releases/assets/${String(body['id'])}`, {
      headers: { authorization: 'token x', accept: 'application/octet-stream' },
    });
    expect(new URL(answer.url).hostname).toBe('localhost');
    expect(await answer.text()).toBe('content');
  });

  test('have a public address once the release is published, and none before', async () => {
    github.anonymous = true;
    const { body } = await client.upload(release.id, 'a', 'content');
    const of = async (address: unknown): Promise<string> => (await fetch(String(address))).text();
    expect(await of(body['browser_download_url'])).toBe('Not Found');
    await client.call('PATCH', `/releases/${release.id}`, { tag_name: 'v1', draft: false });
    const [asset] = await assets();
    expect(asset?.['browser_download_url']).toBe(`${github.url}/${github.repository}/releases/download/v1/a`);
    expect(await of(asset?.['browser_download_url'])).toBe('content');
    github.anonymous = false;
    expect(await of(asset?.['browser_download_url'])).toBe('Not Found');
  });
});

test('an Enterprise Server has the interface and the uploads in folders of their own', async () => {
  await using other = await startFakeGitHub({ enterprise: true });
  const { id } = other.addRelease({ tag: 'v1' });
  expect(new URL(other.url).pathname).toBe('/api/v3');
  const { body } = await plainClient(other).upload(id, 'a', 'x');
  expect(body['url']).toMatch(/\/api\/v3\/repos\/owner\/project\/releases\/assets\//);
  expect(other.calls.map(({ url }) => url)[1]).toMatch(/^\/api\/uploads\/repos\//);
  expect(other.violations).toEqual([]);
});
