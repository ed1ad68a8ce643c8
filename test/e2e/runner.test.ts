import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleRepository } from '../support/history.ts';
import { passphraseKey } from '../support/passphrase-key.ts';
import { type ResultsService, startResultsService } from '../support/results/index.ts';
import { readActionFile, type StepOptions, type StepResult, startJob } from '../support/runner/index.ts';

const minute = 60_000;
const tag = 'v1.0.0';
const dist = join(import.meta.dirname, '../../dist');
const download = join(import.meta.dirname, '../fixtures/download-action');
const folder = mkdtempSync(join(tmpdir(), 'runner-pipeline-'));
const checkout = join(folder, 'checkout');
/** What the build job uploaded and later jobs download. */
const uploaded = join(folder, 'uploaded');
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const passphrase = 'a "passphrase" with blanks';

beforeAll(() => exampleRepository(checkout, { tag }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A job of its own: a fresh checkout, the uploaded files in out/, a tag as its ref; runs one action. */
async function runJob(
  name: string,
  inputs: Readonly<Record<string, string>>,
  options: StepOptions & { readonly keep?: readonly string[] } = {},
): Promise<StepResult> {
  const workspace = join(folder, `work-${basename(name)}`);
  rmSync(workspace, { recursive: true, force: true });
  cpSync(checkout, workspace, { recursive: true });
  if (existsSync(uploaded)) cpSync(uploaded, join(workspace, 'out'), { recursive: true });
  const env = { RELEASE_KIT_CACHE: cache, GITHUB_REF: `refs/tags/${tag}`, GITHUB_REF_NAME: tag, GITHUB_REF_TYPE: 'tag' };
  await using job = await startJob({ workspace, env });
  const step = await job.run(name.startsWith('/') ? name : join(dist, name), inputs, options);
  await job.finish();
  expect(await job.leftBehind()).toEqual([]);
  for (const path of options.keep ?? []) cpSync(join(workspace, path), uploaded, { recursive: true });
  return step;
}

/** A failed step shows its own words in the report of the test. */
function succeeded(step: StepResult): StepResult {
  const said =
    step.conclusion === 'success'
      ? ''
      : [...step.lines, ...step.annotations.map(({ level, message }) => `${level}: ${message}`)].join('\n');
  expect({ conclusion: step.conclusion, said }).toEqual({ conclusion: 'success', said: '' });
  return step;
}

let digest = '';
let signedDigest = '';
let results: ResultsService;
beforeAll(async () => {
  results = await startResultsService();
}, minute);
afterAll(async () => {
  await results[Symbol.asyncDispose]();
});

describe('all actions from dist/, in the order of the jobs', () => {
  test('build-matrix plans one job', async () => {
    const { outputs, summary } = succeeded(await runJob('build-matrix', {}));
    expect(outputs['count']).toBe('1');
    const matrix: unknown = JSON.parse(outputs['matrix'] ?? '');
    expect(matrix).toMatchObject({ include: [{ package: 'hello-service', path: '.', distribution: 'debian:12', architecture: 'amd64' }] });
    expect(summary).toMatch(/`hello-service`/);
  });

  test('changelog takes the version from the tag and groups the commits since the last one', async () => {
    const { outputs } = succeeded(await runJob('changelog', { output: 'out/notes.md' }, { keep: ['out'] }));
    expect(outputs).toMatchObject({ version: '1.0.0', previous: 'v0.9.0' });
    expect(outputs['notes']).toMatch(/SIGHUP/);
    expect(outputs['notes']).not.toMatch(/French/);
    expect(readFileSync(join(uploaded, 'notes.md'), 'utf8').trim()).toBe(outputs['notes']?.trim());
  });

  test(
    'setup-cross finds the host ready and prepares the base systems',
    async () => {
      const { outputs } = succeeded(await runJob('setup-cross', { distribution: 'debian:12' }));
      expect(outputs).toMatchObject({ strategy: 'native', engine: expect.stringMatching(/^(nspawn|docker)$/) });
      expect(outputs['base-system']).toMatch(/\S/);
    },
    20 * minute,
  );

  test(
    'build-deb builds, writes the manifest and uploads an artifact',
    async () => {
      const env = { ...results.env };
      const { outputs } = succeeded(
        await runJob('build-deb', { version: tag, artifact: 'packages', 'include-source': 'true' }, { env, keep: ['out'] }),
      );
      expect(outputs).toMatchObject({ version: '1.0.0', 'artifact-id': '1001', 'artifact-name': 'packages' });
      expect(outputs['artifact-digest']).toMatch(/^[0-9a-f]{64}$/);
      expect(outputs['packages']?.split('\n')).toContain('hello-service_1.0.0_amd64.deb');
      digest = outputs['manifest-digest'] ?? '';
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(results.artifacts).toMatchObject([{ name: 'packages' }, { name: 'packages-log' }]);
    },
    10 * minute,
  );

  test(
    'what was uploaded is downloaded by the official client: an archive in a folder',
    async () => {
      const { outputs } = succeeded(await runJob(download, { 'artifact-id': '1001', path: 'downloaded' }, { env: { ...results.env } }));
      expect(outputs['digest-differs']).toBe('false');
      cpSync(join(folder, `work-${basename(download)}`, 'downloaded'), join(uploaded, 'artifact'), { recursive: true });
      expect(readdirSync(join(uploaded, 'artifact'))).toEqual(['packages.tar']);
    },
    minute,
  );

  test(
    'lintian-check passes, by the archive',
    async () => {
      const { outputs } = succeeded(
        await runJob('lintian-check', { manifest: 'out/artifact', 'manifest-digest': digest, 'fail-on': 'warning' }),
      );
      expect(outputs).toMatchObject({ result: 'passed', errors: '0', warnings: '0' });
    },
    10 * minute,
  );

  test(
    'install-smoke starts the service and leaves nothing behind, by the archive',
    async () => {
      const { outputs, summary } = succeeded(await runJob('install-smoke', { manifest: 'out/artifact', 'manifest-digest': digest }));
      expect(outputs).toMatchObject({ result: 'passed', 'failed-targets': '', services: 'hello-service.service', leftover: '' });
      expect(summary).toMatch(/hello-service/);
    },
    10 * minute,
  );

  test(
    'sign-artifacts signs with a key given as a secret, which never shows',
    async () => {
      const key = passphraseKey(join(folder, 'gnupg'), passphrase);
      const step = succeeded(await runJob('sign-artifacts', { 'manifest-digest': digest, key, passphrase }, { keep: ['out'] }));
      expect(step.outputs['fingerprint']).toMatch(/^[0-9a-f]{40}$/i);
      signedDigest = step.outputs['manifest-digest'] ?? '';
      const shown = [
        ...step.lines,
        ...step.debug,
        step.summary,
        ...Object.values(step.outputs),
        ...step.annotations.map(({ message }) => message),
      ].join('\n');
      expect(shown).not.toContain(passphrase);
      for (const line of key.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'))) expect(shown).not.toContain(line);
      expect(readdirSync(join(uploaded, 'signed'))).toEqual(
        expect.arrayContaining(['SHA256SUMS', 'SHA256SUMS.asc', 'hello-service_1.0.0_amd64.deb.asc']),
      );
    },
    minute,
  );

  test(
    'draft-release lays the whole release out',
    async () => {
      const { outputs } = succeeded(await runJob('draft-release', { 'manifest-digest': signedDigest, tag, notes: 'out/notes.md' }));
      const release = join(folder, 'work-draft-release', 'release');
      const assets = outputs['assets']?.split('\n') ?? [];
      expect(assets).toEqual(expect.arrayContaining(['SHA256SUMS', 'SHA256SUMS.asc', 'hello-service_1.0.0_amd64.deb']));
      const files = new Set(readdirSync(release, { recursive: true }).map((path) => String(path).split('/').at(-1)));
      for (const asset of assets) expect(files).toContain(asset);
      expect(outputs['url']).toMatch(/\S/);
    },
    minute,
  );
});

describe('what was uploaded, downloaded by the official client', () => {
  test(
    'is signed and laid out as it came: an archive in a folder, its files compared with the digest of the build job',
    async () => {
      const apart = join(folder, 'apart');
      mkdirSync(apart);
      renameSync(join(uploaded, 'artifact', 'packages.tar'), join(apart, 'packages.tar'));
      await using job = await startJob({ workspace: apart, env: {} });
      const packages = { manifest: '.', 'manifest-digest': digest, 'throw-away-key': 'true' };
      const signed = succeeded(await job.run(join(dist, 'sign-artifacts'), packages));
      const drafted = await job.run(join(dist, 'draft-release'), {
        assets: 'signed',
        'manifest-digest': signed.outputs['manifest-digest'] ?? '',
        tag,
        destination: 'folder',
        output: 'release',
      });
      expect(succeeded(drafted).outputs['assets']?.split('\n')).toEqual(expect.arrayContaining(['hello-service_1.0.0_amd64.deb']));
    },
    2 * minute,
  );
});

describe('what goes wrong', () => {
  test(
    'a manifest that was changed between the jobs is refused',
    async () => {
      const manifest = join(uploaded, 'manifest.json');
      const sound = readFileSync(manifest, 'utf8');
      writeFileSync(manifest, `${sound} `);
      const step = await runJob('sign-artifacts', { 'manifest-digest': '0'.repeat(64), 'throw-away-key': 'true' });
      writeFileSync(manifest, sound);
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: 1, outputs: {} });
      expect(step.annotations).toContainEqual(
        expect.objectContaining({ level: 'error', properties: expect.objectContaining({ title: 'sign-artifacts: E_DIGEST' }) }),
      );
    },
    minute,
  );

  test(
    'a cancelled build ends before the runner loses patience and leaves nothing',
    async () => {
      const controller = new AbortController();
      // Long enough for a busy machine to start node and let it listen to signals.
      const after = 3000;
      setTimeout(() => controller.abort(), after);
      const start = performance.now();
      const step = await runJob('build-deb', {}, { signal: controller.signal });
      expect(step).toMatchObject({ conclusion: 'cancelled', exitCode: 130 });
      expect(performance.now() - start - after).toBeLessThan(7500);
    },
    2 * minute,
  );

  test.each(readdirSync(join(import.meta.dirname, '../../actions')))(
    '%s refuses a misspelt input with the one that was meant',
    async (name) => {
      const [input] = (await readActionFile(join(dist, name))).inputs.keys();
      const step = await runJob(name, { [`${input}x`]: 'x' });
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: 2, outputs: {} });
      expect(step.annotations.find(({ level }) => level === 'error')?.message).toContain(`did you mean ${input}?`);
    },
  );
});
