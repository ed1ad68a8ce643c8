import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { hurriedClock, recordingHost } from '@release-kit/action';
import { publishedReleases } from '@release-kit/github';
import { startFakeGitHub } from '@release-kit/github-stand-in';
import { loopbackProxy } from '../support/loopback-proxy.ts';

jest.setTimeout(60_000);

const script = join(import.meta.dirname, '../support/proxied-draft.ts');

test.each([
  ['an Enterprise Server', true],
  ['hosts at the root', false],
])('G24 requests and uploads to %s go through the proxy of the environment', async (_, enterprise) => {
  await using github = await startFakeGitHub({ enterprise, publicUrl: 'http://github.example.org' });
  await using proxy = await loopbackProxy(github.port);
  await using host = await recordingHost();
  await host.exec([process.execPath, '--conditions=release-kit:source', '--disable-warning=ExperimentalWarning', script], {
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: github.repository,
      HTTP_PROXY: proxy.url,
      http_proxy: proxy.url,
      no_proxy: '',
      NO_PROXY: '',
    },
  });
  expect(github.releases[0]?.assets.map(({ name, state }) => `${name} ${state}`)).toEqual(['a.deb uploaded']);
  expect(new Set(proxy.hosts)).toEqual(new Set(['github.example.org:80']));
  expect(github.violations).toEqual([]);
});

test('G23 who is sent on to another host brings no token along', async () => {
  await using elsewhere = await startFakeGitHub();
  await using github = await startFakeGitHub();
  await using host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock: hurriedClock() });
  const location = `${elsewhere.url}/repos/${elsewhere.repository}/releases`;
  github.fault = () => ({ status: 302, headers: { location } });
  const releases = await publishedReleases(host, { repository: github.repository, token: 'ghs_0123456789abcdef' });
  await expect(releases.list()).rejects.toThrowWithCode('E_TOKEN');
  expect(elsewhere.calls.map(({ authorization }) => authorization)).toEqual([undefined]);
});
