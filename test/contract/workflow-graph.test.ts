// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows hold expressions.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Files,
  pullRequestEvent,
  pushEvent,
  Repositories,
  rerunFailed,
  runnerJobs,
  runWorkflow,
  type SampleRepository,
  sampleRepository,
  type WorkflowRun,
} from '../support/workflows/index.ts';

const root = join(import.meta.dirname, '../..');
const kit = 'release-kit/release-kit';
const caller = 'octo-org/hello';

/** The jobs of the public workflows with actions that only give outputs: what runs, what is skipped, and why, in seconds. */
const outputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'build-deb': { 'manifest-digest': 'd'.repeat(64), manifest: 'out/manifest.json' },
  'join-builds': { 'manifest-digest': 'e'.repeat(64), artifact: 'release-kit-packages', versions: 'hello 1.0.0', packages: 'hello.deb' },
  changelog: { version: '1.0.0', notes: 'notes' },
  'sign-artifacts': { 'manifest-digest': 'f'.repeat(64), fingerprint: 'AB' },
  'attest-packages': { attested: 'true' },
  'draft-release': { url: 'https://example.org/1' },
};
const leg = (name: string): object => ({
  name,
  path: '.',
  distribution: 'debian:12',
  architecture: 'amd64',
  strategy: 'native',
  runner: 'ubuntu-24.04',
  artifact: name,
  needs: '',
  smoke: true,
});
const plan = (stages: readonly (readonly string[])[]): Readonly<Record<string, string>> => ({
  any: String(stages.length > 0),
  stages: JSON.stringify(stages.map((names) => ({ include: names.map(leg) }))),
  'fail-fast': 'false',
  'max-parallel': '8',
});

/** Writes its outputs; fails where the test wants it, and the gate as the real one does. */
const script = (name: string): string => `import { appendFileSync } from 'node:fs';
const { env } = process;
const fails = (env.STUB_FAILS ?? '').split(' ');
if (fails.includes('${name}') || fails.includes('${name}:' + env.INPUT_MODE)) { console.log('::error::${name} failed as it was told'); process.exit(1); }
if ('${name}' === 'pipeline-gate' && Object.values(JSON.parse(env.INPUT_NEEDS)).some(({ result }) => result === 'failure')) process.exit(1);
const values = '${name}' === 'build-matrix' ? JSON.parse(env.STUB_PLAN) : ${JSON.stringify(outputs[name] ?? {})};
for (const [key, value] of Object.entries(values)) appendFileSync(env.GITHUB_OUTPUT, key + '=' + value + '\\n');
`;

let kitRepository: SampleRepository;
let callerRepository: SampleRepository;
let repositories: Repositories;

beforeAll(async () => {
  kitRepository = await sampleRepository(await kitFiles());
  await kitRepository.tag('v1');
  const exampleOfRelease = await readFile(join(root, 'examples/workflows/release.yml'), 'utf8');
  callerRepository = await sampleRepository({
    README: 'hello\n',
    '.github/workflows/validate.yml': await readFile(join(root, 'examples/workflows/validate.yml'), 'utf8'),
    '.github/workflows/build.yml': await readFile(join(root, 'examples/workflows/build.yml'), 'utf8'),
    '.github/workflows/release.yml': exampleOfRelease,
    '.github/workflows/release-asked-once.yml': exampleOfRelease.replace(
      '    secrets:',
      '    with: { public-key: keys/signing-key.asc }\n    secrets:',
    ),
  });
  await callerRepository.tag('v1.0.0');
  await callerRepository.commit({ README: 'changed\n' }, 'docs: change', 'change');
  repositories = new Repositories({ [kit]: kitRepository.bare, [caller]: callerRepository.bare });
}, 240_000);

afterAll(async () => {
  for (const one of [repositories, callerRepository, kitRepository]) await one[Symbol.asyncDispose]();
});

/** The workflows with `./dist/` led to stubs, which have the inputs that the actions really have. */
async function kitFiles(): Promise<Files> {
  const files: Record<string, string> = {
    'nothing/action.yml': 'name: nothing\ndescription: nothing\nruns: { using: composite, steps: [] }\n',
  };
  for (const name of (await readdir(join(root, '.github/workflows'))).filter((file) => /^[a-z].*\.yml$/.test(file))) {
    const text = await readFile(join(root, '.github/workflows', name), 'utf8');
    files[`.github/workflows/${name}`] = text
      .replaceAll(/uses: actions\/(?:up|down)load-artifact@.*$/gm, `uses: ${kit}/nothing@v1`)
      .replaceAll(/uses: \.\/dist\/([a-z-]+)$/gm, `uses: ${kit}/$1@v1`);
  }
  for (const name of await readdir(join(root, 'actions'))) {
    const action = await readFile(join(root, 'actions', name, 'action.yml'), 'utf8').catch(() => undefined);
    if (action === undefined) continue;
    files[`${name}/action.yml`] = action.replace(/^ {2}main: .*$/m, '  main: main.mjs').replace(/^ {2}(pre|post)(-if)?: .*\n/gm, '');
    files[`${name}/main.mjs`] = script(name);
  }
  return files;
}

interface Wanted {
  readonly stages?: readonly (readonly string[])[];
  /** Names of actions, with `:mode` of one of its modes. */
  readonly fails?: string;
  readonly throughCalls?: boolean;
  readonly passphrase?: string;
}

const secrets = { SIGNING_KEY: 'a-key-of-many-letters', SIGNING_PASSPHRASE: 'a-passphrase' };

async function run(workflow: string, { stages = [['hello']], fails = '', throughCalls = true, passphrase }: Wanted): Promise<WorkflowRun> {
  const place = { repository: caller, bare: callerRepository.bare };
  const event =
    workflow === 'validate'
      ? await pullRequestEvent(place, { number: 1, title: 'docs: change', head: 'change', base: 'main' })
      : await pushEvent(place, workflow.startsWith('release') ? 'refs/tags/v1.0.0' : 'refs/heads/main');
  const env = { STUB_PLAN: JSON.stringify(plan(stages)), STUB_FAILS: fails };
  return runWorkflow({
    repository: caller,
    repositories,
    workflow: `.github/workflows/${workflow}.yml`,
    event,
    secrets: passphrase === undefined ? secrets : { ...secrets, SIGNING_PASSPHRASE: passphrase },
    env,
    throughCalls,
    parallel: 3,
  });
}

const conclusions = (done: WorkflowRun): Readonly<Record<string, string>> =>
  Object.fromEntries(runnerJobs(done.jobs).map(({ name, conclusion }) => [name.replace(/^[a-z]+ \/ /, ''), conclusion]));

/** GitHub does not say which; the stricter is what the tests below look at. */
const readings = [
  ['themselves', false],
  ['and into calls', true],
] as const;

describe('the jobs of the public workflows', () => {
  test.each(readings)('validate: all runs that has something to do, where conditions look at jobs %s', async (_name, throughCalls) => {
    const done = await run('validate', { throughCalls });
    expect(conclusions(done)).toEqual({
      'packages / plan': 'success',
      'packages / build hello': 'success',
      'packages / build ${{ matrix.name }}': 'skipped',
      'packages / join': 'success',
      titles: 'success',
      preview: 'success',
      key: 'skipped',
      gate: 'success',
    });
    expect(done.conclusion).toBe('success');
  });

  test('validate: nothing to build is green, a finding is red and the trial runs all the same', async () => {
    const nothing = await run('validate', { stages: [] });
    expect(conclusions(nothing)).toMatchObject({ 'packages / plan': 'success', 'packages / join': 'skipped', gate: 'success' });
    expect(nothing.conclusion).toBe('success');
    const finding = await run('validate', { fails: 'lintian-check' });
    expect(conclusions(finding)).toMatchObject({ 'packages / build hello': 'failure', 'packages / join': 'success', gate: 'failure' });
    const build = runnerJobs(finding.jobs).find(({ id }) => id === 'build');
    expect(build?.steps.filter(({ uses }) => uses?.startsWith(kit)).map(({ conclusion }) => conclusion)).toEqual([
      'success',
      'success',
      'failure',
      'success',
    ]);
  });

  test('packages of three stages are built one after the other', async () => {
    const done = await run('build', { stages: [['a', 'b'], ['c'], ['d']] });
    expect(conclusions(done)).toEqual({
      plan: 'success',
      'build a': 'success',
      'build b': 'success',
      'build c': 'success',
      'build d': 'success',
      join: 'success',
    });
  });

  test.each(readings)('release: a tag goes through to the draft, where conditions look at jobs %s', async (_name, throughCalls) => {
    const done = await run('release', { throughCalls });
    expect(conclusions(done)).toEqual({
      preflight: 'success',
      key: 'success',
      'public-key': 'skipped',
      'packages / plan': 'skipped',
      'packages / build hello': 'success',
      'packages / build ${{ matrix.name }}': 'skipped',
      'packages / join': 'success',
      sign: 'success',
      attest: 'success',
      draft: 'success',
      gate: 'success',
    });
    expect(done.conclusion).toBe('success');
  });

  test('release: a plan that GitHub withholds, since a word of it is a secret as well, is made again', async () => {
    const done = await run('release', { passphrase: 'debian:12' });
    expect(conclusions(done)).toMatchObject({ 'packages / plan': 'success', 'packages / build hello': 'success', draft: 'success' });
  });

  test.each([
    ['sign-artifacts:check', { key: 'failure', sign: 'skipped', draft: 'skipped' }],
    ['build-deb', { 'packages / build hello': 'failure', sign: 'skipped', attest: 'skipped', draft: 'skipped' }],
    ['install-smoke', { 'packages / build hello': 'failure', sign: 'skipped', draft: 'skipped' }],
    ['sign-artifacts:sign', { key: 'success', sign: 'failure', attest: 'skipped', draft: 'skipped' }],
    ['attest-packages', { sign: 'success', attest: 'failure', draft: 'skipped' }],
  ])('release: nothing is drafted after a failure of %s', async (fails, expected) => {
    const done = await run('release', { fails });
    expect(conclusions(done)).toMatchObject({ ...expected, gate: 'failure' });
    expect(done.conclusion).toBe('failure');
  });

  test.each(readings)(
    'release: with a public key only the job that signs is in the environment, where conditions look at jobs %s',
    async (_name, throughCalls) => {
      const done = await run('release-asked-once', { throughCalls });
      expect(conclusions(done)).toMatchObject({
        key: 'skipped',
        'public-key': 'success',
        'packages / build hello': 'success',
        draft: 'success',
      });
      expect(done.conclusion).toBe('success');
      const inEnvironment = runnerJobs(done.jobs).filter(({ runner }) => runner?.environment !== undefined);
      expect(inEnvironment.map(({ id }) => id)).toEqual(['sign']);
      const refused = await run('release-asked-once', { throughCalls, fails: 'sign-artifacts:check' });
      expect(conclusions(refused)).toMatchObject({ key: 'skipped', 'public-key': 'failure', sign: 'skipped', draft: 'skipped' });
      expect(conclusions(refused)).not.toHaveProperty(['packages / build hello']);
      expect(refused.conclusion).toBe('failure');
    },
  );

  test('release: failed jobs that run again end in the same state', async () => {
    const first = await run('release', { fails: 'draft-release:draft' });
    expect(conclusions(first)).toMatchObject({ sign: 'success', attest: 'success', draft: 'failure', gate: 'failure' });
    const second = await rerunFailed(first, { env: { STUB_PLAN: JSON.stringify(plan([['hello']])) } });
    expect(second.conclusion).toBe('success');
    expect(
      runnerJobs(second.jobs)
        .filter(({ attempt }) => attempt === 2)
        .map(({ id }) => id),
    ).toEqual(['draft', 'gate']);
  });
});
