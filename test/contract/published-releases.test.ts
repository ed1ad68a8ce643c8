import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hurriedClock, recordingHost } from '@release-kit/action';
import { publishedReleases } from '@release-kit/github';
import { type FakeGitHub, startFakeGitHub } from '@release-kit/github-stand-in';

const bytes = new TextEncoder().encode('a package');
const asset = (id: number, name: string, state: 'uploaded' | 'starter' = 'uploaded') =>
  ({ id, name, label: null, contentType: 'application/octet-stream', bytes, state }) as const;

async function opened(github: FakeGitHub, token: string | undefined = 'ghs_0123456789abcdef') {
  const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository };
  const host = await recordingHost({ env, clock: hurriedClock() });
  const folder = join(host.files.workspace, 'download');
  await mkdir(folder);
  return { host, folder, releases: await publishedReleases(host, { repository: github.repository, token }) };
}

test('published releases are listed newest first, their whole assets downloaded; the token stays with GitHub', async () => {
  await using github = await startFakeGitHub();
  github.addRelease({ tag: 'v1.0.0', draft: false, assets: [asset(7, 'b_1_all.deb'), asset(8, 'a_1_all.deb'), asset(9, 'c', 'starter')] });
  github.addRelease({ tag: 'v1.1.0-rc.1', draft: false, prerelease: true });
  github.addRelease({ tag: 'v2.0.0', draft: true });
  const { host, folder, releases } = await opened(github);
  await using _ = host;
  const found = await releases.list();
  expect(found.map(({ tag, prerelease }) => [tag, prerelease])).toEqual([
    ['v1.1.0-rc.1', true],
    ['v1.0.0', false],
  ]);
  const [, release] = found;
  if (release === undefined) throw new Error('no release');
  const assets = await releases.assets(release);
  expect(assets.map(({ name }) => name)).toEqual(['a_1_all.deb', 'b_1_all.deb']);
  for (const one of assets) await releases.download(one, join(folder, one.name));
  expect(await readFile(join(folder, 'a_1_all.deb'), 'utf8')).toBe('a package');
  expect(github.violations).toEqual([]);
  expect(host.recorded.masked).toEqual(['ghs_0123456789abcdef']);
});

test('what is public needs no token; what is not is E_TOKEN', async () => {
  await using github = await startFakeGitHub();
  github.addRelease({ tag: 'v1.0.0', draft: false });
  const { host, releases } = await opened(github, '');
  await using _ = host;
  await expect(releases.list()).rejects.toThrowWithCode('E_TOKEN');
  github.anonymous = true;
  expect(await releases.list()).toHaveLength(1);
});

test.each([
  ['a page of HTML with 200', { answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' } }],
  ['JSON that is cut off', { answer: { status: 200, body: '[{"id": 1,' } }],
  ['no content', { answer: { status: 204 } }],
  ['an object', { answer: { status: 200, body: { message: 'hello' } } }],
])('G6 G7 G8 %s in place of a list, again and again, is told, no crash', async (_, fault) => {
  await using github = await startFakeGitHub();
  const { host, releases } = await opened(github);
  await using _host = host;
  github.script = () => fault;
  await expect(releases.list()).rejects.toThrowWithCode(
    'E_GITHUB',
    /answer (is no list|cannot be used \(.*\)) while listing the releases of owner\/project/,
  );
});

test.each<[string, (sent: Uint8Array) => Uint8Array, RegExp]>([
  ['cut off', (sent) => sent.slice(1), /did not arrive whole: 8 of 9 bytes/],
  ['longer than announced', (sent) => Buffer.concat([sent, sent]), /did not arrive whole/],
  ['changed on the way', (sent) => sent.map((byte) => byte ^ 1), /its SHA-256 differs/],
])('an asset that is %s is refused', async (_, tamper, message) => {
  await using github = await startFakeGitHub();
  github.addRelease({ tag: 'v1.0.0', draft: false, assets: [asset(7, 'a_1_all.deb')] });
  github.tamper = tamper;
  const { host, folder, releases } = await opened(github);
  await using _host = host;
  const [release] = await releases.list();
  const [only] = release === undefined ? [] : await releases.assets(release);
  if (only === undefined) throw new Error('no asset');
  await expect(releases.download(only, join(folder, only.name))).rejects.toThrowWithCode('E_GITHUB', message);
  expect(await readdir(folder)).toEqual([]);
});

test('an asset that breaks off on the way is sent for again', async () => {
  await using github = await startFakeGitHub();
  github.addRelease({ tag: 'v1.0.0', draft: false, assets: [asset(7, 'a_1_all.deb')] });
  let sent = 0;
  github.tamper = (whole) => {
    sent += 1;
    return sent < 3 ? whole.slice(sent) : whole;
  };
  const { host, folder, releases } = await opened(github);
  await using _ = host;
  const [release] = await releases.list();
  const [only] = release === undefined ? [] : await releases.assets(release);
  if (only === undefined) throw new Error('no asset');
  await releases.download(only, join(folder, only.name));
  expect(await readFile(join(folder, only.name), 'utf8')).toBe('a package');
  expect(sent).toBe(3);
});
