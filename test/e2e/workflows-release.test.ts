/** @slow 220 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FakeRelease, scriptOf } from '@release-kit/github-stand-in';
import type { Caller } from '../support/callers/caller.ts';
import { tinyCaller } from '../support/callers/changes.ts';
import { crossingCaller } from '../support/callers/crossing.ts';
import { everythingShown, powersOf } from '../support/callers/everything.ts';
import { serviceCaller } from '../support/callers/examples.ts';
import { forgeForAll } from '../support/callers/forge.ts';
import type { World } from '../support/callers/world.ts';
import { machineHost } from '../support/machine-host.ts';
import { look } from '../support/pictures/browser.ts';
import { hitsIn, needlesOf } from '../support/secret-search/sought.ts';
import { signerOf } from '../support/sigstore/verification.ts';
import { releasePage } from '../support/views/release-page.ts';
import { runPage, summariesPage } from '../support/views/run-page.ts';
import { seenRun } from '../support/views/seen-run.ts';
import { pushEvent } from '../support/workflows/event.ts';
import { annotationsOf, jobNamed, runnerJobs, type WorkflowRun } from '../support/workflows/outcome.ts';
import { rerunFailed } from '../support/workflows/run.ts';

/** Milliseconds; a cold cache takes most of it. */
const long = 1_200_000;
const workflows = { 'build.yml': 'build.yml', 'release.yml': 'release.yml' };

const forge = forgeForAll();

const eventOf = ({ name, bare }: Caller, ref: string) => pushEvent({ repository: name, bare }, ref);
const names = ({ assets }: FakeRelease): readonly string[] => assets.map(({ name }) => name).sort();

function expectPassed(run: WorkflowRun): void {
  const failed = runnerJobs(run.jobs).filter(({ conclusion }) => conclusion === 'failure');
  const said = failed.map((job) => [job.name, ...annotationsOf(job).flatMap(({ level, message }) => (level === 'error' ? [message] : []))]);
  expect({ conclusion: run.conclusion, said }).toEqual({ conclusion: 'success', said: [] });
}

/** As somebody does who downloaded the release: each list and each file by gpgv and sha256sum, the provenance by Sigstore's client. */
function expectVerified(release: FakeRelease, world: World, name: string): void {
  const place = forge.place(`downloaded-${name}`);
  mkdirSync(place);
  for (const asset of release.assets) writeFileSync(join(place, asset.name), asset.bytes);
  const keyring = names(release).find((file) => file.endsWith('.gpg')) ?? '';
  const signed = names(release).filter((file) => file.endsWith('.asc') && names(release).includes(file.slice(0, -4)));
  expect(signed).toEqual(expect.arrayContaining(['SHA256SUMS.asc']));
  for (const signature of signed)
    execFileSync('gpgv', ['--keyring', join(place, keyring), signature, signature.slice(0, -4)], { cwd: place, stdio: 'pipe' });
  execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: place, stdio: 'pipe' });
  const bundle = release.assets.find((asset) => asset.name.endsWith('.sigstore.json'));
  const signer = signerOf(JSON.parse(Buffer.from(bundle?.bytes ?? []).toString()), world.sigstore);
  expect(signer).toBe(`repo:${world.github.repository}:ref:refs/tags/${release.tag}`);
}

function expectNoKeyShown(run: WorkflowRun, { github }: World): void {
  const needles = needlesOf(forge.key.secrets);
  const released = github.releases.flatMap(({ body, assets }) => [Buffer.from(body ?? ''), ...assets.map(({ bytes }) => bytes)]);
  for (const bytes of [Buffer.from(everythingShown(run)), ...released])
    expect(hitsIn('what is shown or released', Buffer.from(bytes), needles)).toEqual([]);
}

describe('a push to main', () => {
  test(
    'builds and tries the packages, and keeps them as one artifact',
    async () => {
      const caller = await tinyCaller(forge.place('push'), workflows);
      await using world = await forge.world(caller);
      const run = await world.run('build.yml', await eventOf(caller, 'refs/heads/main'));
      expectPassed(run);
      expect(world.results.artifacts.map(({ name }) => name)).toEqual(expect.arrayContaining(['release-kit-packages']));
      expect(world.github.releases).toEqual([]);
    },
    long,
  );
});

describe('a tag', () => {
  let caller: Caller;
  let world: World;
  let run: WorkflowRun;

  beforeAll(async () => {
    caller = await serviceCaller(forge.place('tag'), workflows);
    world = await forge.world(caller);
    await caller.tag('v1.0.0');
    run = await world.run('release.yml', await eventOf(caller, 'refs/tags/v1.0.0'), { secrets: forge.key.inRepository });
  }, long);
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  test('becomes one complete draft, whose files somebody who downloads them can verify', () => {
    expectPassed(run);
    expect(world.github.releases).toMatchObject([{ tag: 'v1.0.0', draft: true, prerelease: false }]);
    const [release] = world.github.releases;
    if (release === undefined) throw new Error('there is no draft');
    expect(names(release)).toEqual(expect.arrayContaining(['hello-service_1.0.0_amd64.deb', 'SHA256SUMS', 'SHA256SUMS.asc']));
    expectVerified(release, world, 'tag');
  });

  test('gives each job what it needs and no more: the key, the identity and the release are three', () => {
    expect(powersOf(run)).toEqual({
      'release / preflight': 'contents: read',
      'release / key': 'in release',
      'release / packages / build hello-service-debian-12-amd64': 'contents: read',
      'release / packages / join': '',
      'release / sign': 'in release',
      'release / attest': 'attestations: write, id-token: write',
      'release / draft': 'contents: write',
      'release / gate': '',
    });
  });

  test('shows the key nowhere', () => expectNoKeyShown(run, world));

  test(
    'looks as it should',
    async () => {
      await using host = await machineHost();
      const [release] = world.github.releases;
      if (release === undefined) throw new Error('there is no draft');
      const pages = [
        { name: 'release-run', height: 3000, html: runPage({ ...seenRun(run), title: 'chore: version 1.0.0' }) },
        {
          name: 'release-summary',
          height: 6000,
          html: await summariesPage(seenRun(run).jobs.filter(({ id }) => !id.includes('packages'))),
        },
        { name: 'release-draft', height: 3000, html: await releasePage(release, caller.name) },
      ];
      const views = await look(
        host,
        pages.map((page) => ({ ...page, width: 1000, opened: false })),
      );
      for (const { measures } of views) expect(measures.contentWidth).toBeLessThanOrEqual(measures.viewport);
      // Whole pages are in the pictures.
      expect(pages.flatMap(({ name, height }, index) => ((views[index]?.measures.contentEnd ?? 0) > height ? [name] : []))).toEqual([]);
    },
    long,
  );
});

describe('a tag again, after a failure in the middle', () => {
  test(
    'jobs that failed run again and complete one draft: first without a key, then with an upload that breaks off',
    async () => {
      const caller = await tinyCaller(forge.place('again'), workflows);
      await using world = await forge.world(caller);
      await caller.tag('v1.0.0');
      const event = await eventOf(caller, 'refs/tags/v1.0.0');
      const first = await world.run('release.yml', event, { secrets: { SIGNING_KEY: '' } });
      expect(first.conclusion).toBe('failure');
      expect(world.github.releases).toEqual([]);

      world.github.script = scriptOf([
        { operation: 'repos/upload-release-asset', nth: 2, answer: { status: 403, body: { message: 'no' } } },
      ]);
      const second = await rerunFailed(first, { secrets: forge.key.inRepository });
      expect(second.conclusion).toBe('failure');

      world.github.script = () => undefined;
      const third = await rerunFailed(second);
      expectPassed(third);
      expect(world.github.releases).toMatchObject([{ tag: 'v1.0.0', draft: true }]);
      const built = runnerJobs(third.jobs).filter(({ id, conclusion }) => /^build/.test(id) && conclusion === 'success');
      expect(built.map(({ attempt }) => attempt)).toEqual([2]);
      const [release] = world.github.releases;
      if (release !== undefined) expectVerified(release, world, 'again');
      expectNoKeyShown(third, world);
    },
    long,
  );
});

describe('a release candidate', () => {
  test(
    'is a pre-release in its channel, with a version below that of the release',
    async () => {
      const caller = await tinyCaller(forge.place('candidate'), workflows);
      await using world = await forge.world(caller);
      await caller.commit('chore: 1.1.0-rc.1', await caller.edited('debian/changelog', /\(1\.0\.0\)/, '(1.1.0~rc.1)'));
      await caller.tag('v1.1.0-rc.1');
      const event = await eventOf(caller, 'refs/tags/v1.1.0-rc.1');
      const run = await world.run('release.yml', event, { secrets: forge.key.inRepository });
      expectPassed(run);
      expect(world.github.releases).toMatchObject([{ tag: 'v1.1.0-rc.1', draft: true, prerelease: true }]);
      const [release] = world.github.releases;
      if (release !== undefined) expect(names(release)).toContain('tiny_1.1.0.rc.1_all.deb');
    },
    long,
  );
});

describe('two architectures and two distributions', () => {
  test(
    'are jobs of their own, of which one compiles for the other architecture, and one draft',
    async () => {
      const caller = await crossingCaller(forge.place('four'), workflows);
      await using world = await forge.world(caller);
      await caller.tag('v1.0.0');
      const event = await eventOf(caller, 'refs/tags/v1.0.0');
      const run = await world.run('release.yml', event, { secrets: forge.key.inRepository });
      expectPassed(run);
      const [release] = world.github.releases;
      if (release === undefined) throw new Error('there is no draft');
      const suffixes = ['+debian12_amd64', '+debian12_arm64', '+debian13_amd64'];
      const packages = suffixes.map((suffix) => `whereami_1.0.0${suffix}.deb`);
      expect(names(release)).toEqual(expect.arrayContaining(packages));
      expect(jobNamed(run, 'release / gate').conclusion).toBe('success');
      expectVerified(release, world, 'four');
    },
    long,
  );
});
