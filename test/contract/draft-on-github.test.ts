import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { hurriedClock, readInputs, recordingHost } from '@release-kit/action';
import { run as draft, spec } from '@release-kit/action-draft-release';
import { startFakeGitHub, writesOf } from '@release-kit/github-stand-in';
import { signedBuild } from '../support/signed-build.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const names = ['hello_1.0~rc.1-1_amd64.deb', 'hello_1.0~rc.1-1_amd64.changes'];

test('signed files become one draft on GitHub; what a user downloads passes sha256sum; a second run changes nothing', async () => {
  await using github = await startFakeGitHub();
  await using host = await recordingHost({
    env: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository, GITHUB_SHA: 'e'.repeat(40) },
    clock: hurriedClock(),
  });
  const assets = await signedBuild(host, Object.fromEntries(names.map((name) => [name, `content of ${name}`])));
  const given = { assets, tag: 'v1.0.0-rc.1', destination: 'github', 'github-token': 'ghs_0123456789abcdef' };
  const inputs = readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name });
  const outputs = await draft(inputs, host);

  const [release] = github.releases;
  expect(release).toMatchObject({ tag: 'v1.0.0-rc.1', draft: true, prerelease: true, commit: 'e'.repeat(40) });
  expect(outputs.releaseId).toBe(String(release?.id));
  expect(outputs.assets.split('\n').sort()).toEqual(release?.assets.map(({ name }) => name).sort());
  expect(host.summary.text).toContain(outputs.url);

  const download = join(host.files.workspace, 'download');
  await mkdir(download);
  for (const { name, bytes } of release?.assets ?? []) await writeFile(join(download, name), bytes);
  await host.exec(['sha256sum', '--check', '--strict', 'SHA256SUMS'], { cwd: download });

  const before = github.calls.length;
  await draft(inputs, host);
  expect(writesOf(github.calls.slice(before))).toEqual([]);
  expect(host.recorded.lines).toContain('0 uploaded, 10 kept, 0 replaced');
  expect(github.releases).toHaveLength(1);
  expect(github.violations).toEqual([]);
});
