/** What attest-packages hands to draft-release: a bundle that Sigstore's own clients made, for what sign-artifacts signed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { hurriedClock, readInputs, recordingHost } from '@release-kit/action';
import { run as attest, spec as attestSpec } from '@release-kit/action-attest-packages';
import { run as draft, spec as draftSpec } from '@release-kit/action-draft-release';
import { startFakeGitHub, startOidcIssuer } from '@release-kit/github-stand-in';
import { signedBuild } from '../support/signed-build.ts';
import { startSigstore } from '../support/sigstore/index.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const sha = 'c'.repeat(40);
const workflow = 'owner/project/.github/workflows/release.yml@refs/tags/v1.0.0';

test('an attestation is released beside the files that it speaks of, and only with these', async () => {
  const clock = hurriedClock();
  await using sigstore = await startSigstore();
  await using github = await startFakeGitHub({ now: clock.now });
  const run = { run_id: '42', run_attempt: '1', runner_environment: 'github-hosted', event_name: 'push' };
  const owner = { repository: github.repository, repository_id: '7', repository_owner_id: '8', repository_visibility: 'public' };
  const claims = { ...run, ...owner, ref: 'refs/tags/v1.0.0', sha, workflow_ref: workflow, job_workflow_ref: workflow };
  await using issuer = await startOidcIssuer({ claims });
  const env = { ...sigstore.env(), ...issuer.env, GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository, GITHUB_SHA: sha };
  await using host = await recordingHost({ clock, env: { ...env, GITHUB_RUN_ID: '42' } });
  const context = { workspace: host.files.workspace, nameOf: (name: string) => name };
  const token = { 'github-token': 'ghs_0123456789abcdef' };

  const assets = await signedBuild(host, { 'hello_1.0~rc.1-1_amd64.deb': 'a package', 'hello_1.0~rc.1-1_amd64.changes': 'changes' });
  const bundle = join(host.files.workspace, 'v1.0.0-rc.1.sigstore.json');
  expect(await attest(readInputs(attestSpec, { assets, output: bundle, policy: 'required', ...token }, context), host)).toMatchObject({
    attested: 'true',
  });
  const given = { assets, tag: 'v1.0.0-rc.1', attestation: bundle, destination: 'github', ...token };
  const { assets: names } = await draft(readInputs(draftSpec, given, context), host);
  expect(names.split('\n')).toContain('v1.0.0-rc.1.sigstore.json');
  const stored = github.releases[0]?.assets.find(({ name }) => name.endsWith('.sigstore.json'));
  expect(stored).toMatchObject({ contentType: 'application/json', state: 'uploaded' });
  expect(Buffer.from(stored?.bytes ?? '').toString()).toBe(await readFile(bundle, 'utf8'));

  const other = join(host.files.workspace, 'other');
  await using elsewhere = await recordingHost({ workspace: other });
  const later = await signedBuild(elsewhere, { 'hello_1.0~rc.1-1_amd64.deb': 'a later package' });
  await expect(draft(readInputs(draftSpec, { ...given, assets: later }, context), host)).rejects.toThrowWithCode(
    'E_DIGEST',
    /the attestation speaks of/,
  );
  expect([github.violations, github.impatient]).toEqual([[], 0]);
});
