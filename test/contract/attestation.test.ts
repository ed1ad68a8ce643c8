import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type HurriedClock, hurriedClock, type InputsOf, type RecordingHost, recordingHost } from '@release-kit/action';
import { run, type spec } from '@release-kit/action-attest-packages';
import { type FakeGitHub, type OidcIssuer, scriptOf, startFakeGitHub, startOidcIssuer } from '@release-kit/github-stand-in';
import { describeFile, writeManifest } from '@release-kit/manifest';
import { type FakeSigstore, startSigstore } from '../support/sigstore/index.ts';
import { signerOf } from '../support/sigstore/verification.ts';

// Certificates take time on a busy machine.
jest.setTimeout(60_000);

const repository = 'owner/project';
const sha = 'c'.repeat(40);
const workflow = 'release-kit/release-kit/.github/workflows/release.yml@refs/tags/v1';
const claims = {
  ref: 'refs/tags/v1.0.0',
  sha,
  repository,
  repository_id: '7',
  repository_owner_id: '8',
  repository_visibility: 'public',
  event_name: 'push',
  workflow_ref: 'owner/project/.github/workflows/release.yml@refs/tags/v1.0.0',
  job_workflow_ref: workflow,
  runner_environment: 'github-hosted',
  run_id: '42',
  run_attempt: '1',
};
const names = ['hello_1.0~rc1-1_amd64.deb', 'hello_1.0~rc1-1_amd64.changes'];
const limits = { timeout: 20_000, pause: 1 };

let clock: HurriedClock;
let sigstore: FakeSigstore;
let github: FakeGitHub;
let issuer: OidcIssuer;
let host: RecordingHost;

const environment = (): Record<string, string> => ({
  ...sigstore.env(),
  ...issuer.env,
  GITHUB_API_URL: github.url,
  GITHUB_REPOSITORY: repository,
  GITHUB_SHA: sha,
  GITHUB_RUN_ID: '42',
});

/** Tokens that were asked for before the test. */
let asked = 0;

// Their keys take time, and tests change nothing of them.
beforeAll(async () => {
  sigstore = await startSigstore();
  issuer = await startOidcIssuer({ claims });
});
afterAll(async () => {
  for (const one of [issuer, sigstore]) await one[Symbol.asyncDispose]();
});
beforeEach(async () => {
  sigstore.clear();
  asked = issuer.audiences.length;
  clock = hurriedClock();
  github = await startFakeGitHub({ repository, now: clock.now });
  host = await recordingHost({ clock, env: environment() });
});
afterEach(async () => {
  for (const one of [host, github]) await one[Symbol.asyncDispose]();
  expect([github.violations, github.impatient]).toEqual([[], 0]);
});

async function built(): Promise<{ readonly folder: string; readonly digest: string }> {
  const folder = host.files.workspace;
  const facts = { package: 'hello', version: '1.0~rc1-1', architecture: 'amd64', distribution: 'debian:12' };
  const files = [];
  for (const name of names) {
    await writeFile(join(folder, name), `content of ${name}`);
    files.push(await describeFile(folder, name, { ...facts, kind: name.endsWith('.deb') ? 'deb' : 'changes' }));
  }
  const sources = [{ package: 'hello', version: '1.0~rc1-1' }];
  return { folder, digest: await writeManifest(join(folder, 'manifest.json'), { schema: 1, sourceDateEpoch: 1, sources, files }) };
}

/** What a run does that a user asks for nothing but the policy. */
async function attest(change: Partial<InputsOf<typeof spec>> = {}) {
  const { folder, digest } = await built();
  return await run(
    {
      assets: folder,
      manifestDigest: digest,
      policy: 'required',
      output: join(folder, 'a.sigstore.json'),
      githubToken: 'ghs_0123456789abcdef',
      ...change,
    },
    host,
    limits,
  );
}

const bundleIn = async (file: string): Promise<object> => JSON.parse(await readFile(file, 'utf8'));
const statementIn = (bundle: object): object => JSON.parse(Buffer.from(Object(bundle).dsseEnvelope.payload, 'base64').toString('utf8'));

const output = () => join(host.files.workspace, 'a.sigstore.json');
const anew = async (change: Readonly<Record<string, string>>): Promise<void> => {
  await host[Symbol.asyncDispose]();
  host = await recordingHost({ clock, env: { ...environment(), ...change } });
};
const said = () => [...host.recorded.annotations.map(({ message }) => message), host.summary.text].join('\n');

describe('attested', () => {
  test('are all files of the manifest, under their names in the release; users can verify by whom', async () => {
    const outputs = await attest();
    const bundle = await bundleIn(outputs.bundle);
    expect(signerOf(bundle, sigstore)).toMatch(/project/);
    expect(statementIn(bundle)).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'hello_1.0.rc1-1_amd64.changes' }, { name: 'hello_1.0.rc1-1_amd64.deb' }],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: { runDetails: { builder: { id: `https://github.com/${workflow}` } } },
    });
    expect(outputs).toEqual({
      bundle: output(),
      attested: 'true',
      attestationId: '101',
      attestationUrl: `https://github.com/${repository}/attestations/101`,
    });
    expect(github.attestations.map(({ bundle: kept }) => kept)).toEqual([bundle]);
    expect(issuer.audiences.slice(asked)).toEqual(['sigstore']);
  });

  test('where timestamps witness in place of the public log, users can verify as well', async () => {
    await anew({ RELEASE_KIT_REKOR_URL: '', ...sigstore.env('timestamps') });
    const { bundle } = await attest();
    expect(signerOf(await bundleIn(bundle), sigstore)).toMatch(/project/);
    expect(sigstore.requests).toEqual({ fulcio: 1, rekor: 0, timestamp: 1 });
  });

  test('is nothing that is not what was built', async () => {
    await expect(attest({ manifestDigest: 'f'.repeat(64) })).rejects.toThrowWithCode('E_DIGEST');
    const { folder, digest } = await built();
    await writeFile(join(folder, names[0] ?? ''), 'something else');
    const inputs = { assets: folder, manifestDigest: digest, output: output(), githubToken: undefined };
    await expect(run({ ...inputs, policy: 'best-effort' }, host, limits)).rejects.toThrowWithCode('E_DIGEST');
    expect([sigstore.requests.fulcio, issuer.audiences.length]).toEqual([0, asked]);
  });

  test('a bundle that was changed verifies no more', async () => {
    const { bundle } = await attest();
    const changed = (await readFile(bundle, 'utf8')).replace(/("payload":")([^"]+)/, (_, start: string, payload: string) => {
      const text = Buffer.from(payload, 'base64').toString('utf8').replace('hello_1', 'hello_2');
      return start + Buffer.from(text).toString('base64');
    });
    expect(() => signerOf(JSON.parse(changed), sigstore)).toThrow();
  });
});

describe('G26', () => {
  test.each([
    ['Fulcio answers 500', 'fulcio', { status: 500 }, /^Fulcio, which gives the certificate, fails/],
    ['Fulcio breaks off', 'fulcio', {}, /^Fulcio, which gives the certificate, does not answer/],
    ['Rekor answers 503', 'rekor', { status: 503 }, /^Rekor, the public log, fails/],
    ['Rekor answers 429', 'rekor', { status: 429 }, /^Rekor, the public log, fails/],
    ['the service of timestamps answers 502', 'timestamp', { status: 502 }, /^the service of timestamps fails/],
  ] as const)('%s for three quarters of an hour: required fails, best-effort says so and goes on', async (_, service, fault, problem) => {
    if (service === 'timestamp') await anew({ RELEASE_KIT_REKOR_URL: '', ...sigstore.env('timestamps') });
    sigstore.fault = (asked) => (asked === service ? fault : undefined);
    await expect(attest()).rejects.toThrowWithCode('E_ATTEST', problem);
    expect(sigstore.requests[service]).toBe(4);
    const skipped = await attest({ policy: 'best-effort' });
    expect(skipped).toEqual({ bundle: '', attestationId: '', attestationUrl: '', attested: 'false' });
    expect(said()).toMatch(/Nothing is attested/);
    expect(github.attestations).toEqual([]);
  });

  test.each([
    ['fulcio', 502],
    ['rekor', 503],
  ] as const)('%s answers %d once or twice: nobody notices', async (service, status) => {
    sigstore.fault = (asked, before) => (asked === service && before < 2 ? { status } : undefined);
    expect(signerOf(await bundleIn((await attest()).bundle), sigstore)).toMatch(/project/);
    expect(host.recorded.annotations).toEqual([]);
  });

  test('the reply of Rekor is lost: the entry that is there already (409) is fetched', async () => {
    sigstore.fault = (asked, before) => (asked === 'rekor' && before === 0 ? { effect: true } : undefined);
    expect(signerOf(await bundleIn((await attest()).bundle), sigstore)).toMatch(/project/);
    expect(sigstore.requests.rekor).toBe(3);
  });

  test('the entry that is there already cannot be fetched: an outage', async () => {
    sigstore.fault = (asked, before) => (asked === 'rekor' ? { status: before === 0 ? 500 : 409, effect: true } : undefined);
    await expect(attest()).rejects.toThrowWithCode('E_ATTEST', /^Rekor, the public log, fails/);
  });

  test('a refusal is no outage: best-effort fails too', async () => {
    sigstore.fault = (asked) => (asked === 'fulcio' ? { status: 400 } : undefined);
    await expect(attest({ policy: 'best-effort' })).rejects.toThrowWithCode('E_ATTEST', /refuses/);
    expect(sigstore.requests.fulcio).toBe(1);
  });

  test('run again, also in a later attempt, GitHub’s copy is used and nothing is signed twice', async () => {
    const first = await bundleIn((await attest()).bundle);
    await anew(issuer.envOfJob({ ...claims, run_attempt: '2' }));
    const outputs = await attest();
    expect([outputs.attested, await bundleIn(outputs.bundle)]).toEqual(['true', first]);
    expect([sigstore.requests.fulcio, github.attestations.length]).toEqual([1, 1]);
  });

  test('the reply of GitHub is lost: kept once more, which does no harm', async () => {
    github.script = scriptOf([{ operation: 'repos/create-attestation', nth: 1, reset: 'after' }]);
    expect(await attest()).toMatchObject({ attestationId: '102', attested: 'true' });
    expect(sigstore.requests.fulcio).toBe(1);
  });

  test('GitHub is down when it is to keep the bundle: required fails with the bundle written, best-effort goes on with it', async () => {
    github.fault = ({ operation }) => (operation === 'repos/create-attestation' ? { status: 502, body: 'x' } : undefined);
    await expect(attest()).rejects.toThrowWithCode('E_GITHUB', /502/);
    expect(signerOf(await bundleIn(output()), sigstore)).toMatch(/project/);
    expect(await attest({ policy: 'best-effort' })).toMatchObject({ bundle: output(), attestationId: '', attested: 'true' });
    expect(said()).toMatch(/attested all the same/);
  });
});

describe('what is missing is told', () => {
  test('id-token: write, with both lines', async () => {
    await anew({ ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' });
    await expect(attest()).rejects.toThrowWithCode('E_ATTEST', /lacks the permission id-token: write/);
    expect(await attest({ policy: 'best-effort' })).toMatchObject({ attested: 'false' });
    expect(said()).toMatch(/"id-token: write" and "attestations: write" below "permissions:"/);
  });

  test('attestations: write', async () => {
    github.tokens.set('ghs_0123456789abcdef', { permissions: { contents: 'read' } });
    await expect(attest()).rejects.toThrowWithCode('E_TOKEN', /lacks the permission attestations: write/);
    expect(await attest({ policy: 'best-effort' })).toMatchObject({ attested: 'true', attestationId: '' });
  });

  test('a plan without attestations of private repositories', async () => {
    github.settings.attestations = false;
    await expect(attest()).rejects.toThrowWithCode('E_ATTEST', /keeps no attestations of this repository/);
    expect(await attest({ policy: 'best-effort' })).toMatchObject({ attested: 'true', attestationId: '' });
  });

  test('an Enterprise Server, which has nobody who attests; and that a terminal is no workflow', async () => {
    await anew({ RELEASE_KIT_FULCIO_URL: '', GITHUB_SERVER_URL: 'https://github.example.org' });
    await expect(attest()).rejects.toThrowWithCode('E_ATTEST', /github\.example\.org has no services/);
    expect(await attest({ policy: 'best-effort' })).toMatchObject({ attested: 'false' });
    await anew({ ACTIONS_ID_TOKEN_REQUEST_URL: '', GITHUB_REPOSITORY: '' });
    await expect(attest()).rejects.toThrowWithCode('E_ATTEST', /outside GitHub Actions/);
  });

  test('the tokens of the job are masked before anything uses them', async () => {
    await attest();
    const text = JSON.stringify([host.recorded.lines, host.recorded.debug, host.summary.text]);
    expect(host.recorded.masked).toEqual(
      expect.arrayContaining([issuer.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN, expect.stringMatching(/^eyJ/)]),
    );
    for (const secret of host.recorded.masked) expect(text).not.toContain(secret);
  });
});
