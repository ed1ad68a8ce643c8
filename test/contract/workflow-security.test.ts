import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lockProblems } from '../support/house/dependencies.ts';
import { readTree } from '../support/house/source-tree.ts';
import { trickProblems } from '../support/house/text-rules.ts';
import { workflowProblems } from '../support/house/workflow-rules.ts';
import { workflowSecurityProblems } from '../support/house/workflow-security.ts';

/** S1 to S10: rules of docs/threat-model.md for this repository. Defects are planted into the workflows as they are, and must be found. */
const root = join(import.meta.dirname, '../..');
const tree = await readTree(root);
const all = new Map([...tree].filter(([path]) => /^(\.github|examples)\/workflows\//.test(path)));
const [release, build, example] = [
  '.github/workflows/release.yml',
  '.github/workflows/build-packages.yml',
  'examples/workflows/release.yml',
];

/** All problems after one change of one workflow. */
function withDefect(path: string, from: string | RegExp, to: string): readonly string[] {
  const text = all.get(path) ?? '';
  const changed = text.replace(from, to);
  // A defect that changes nothing would prove nothing.
  expect(changed).not.toBe(text);
  const files = new Map([
    [release, all.get(release) ?? ''],
    [build, all.get(build) ?? ''],
    [path, changed],
  ]);
  return [...workflowProblems(files), ...workflowSecurityProblems(files)];
}

test('every workflow, public or our own, and every example is without a problem', () => {
  expect([...all.keys()]).toEqual(expect.arrayContaining([release, build, example, '.github/workflows/.ci.yml']));
  expect([...workflowProblems(all), ...workflowSecurityProblems(all)]).toEqual([]);
});

const checkout = /uses: actions\/checkout@\S+ # \S+/;
const other = 'b'.repeat(40);

describe('S1 what comes from outside is pinned', () => {
  test.each([
    [release, checkout, 'uses: actions/checkout@v6', /is not pinned by a full commit/],
    [release, checkout, 'uses: actions/checkout@main # v6.1.0', /is not pinned by a full commit/],
    [release, / # v8\.0\.1/, '', /says no version/],
    [build, checkout, `uses: actions/checkout@${other} # v6.1.0`, /S1 actions\/checkout is pinned to/],
    [release, 'uses: ./dist/draft-release', 'uses: ./.github/actions/draft', /S1 .* is a folder of the caller/],
  ])('%s with %s as %s', (path, from, to, problem) => {
    expect(withDefect(path, from, to).join('\n')).toMatch(problem);
  });
});

describe('S2 no event and no setting gives strangers our rights', () => {
  test.each([
    ['examples/workflows/validate.yml', 'pull_request:', 'pull_request_target:', /pull_request_target is not allowed/],
    ['examples/workflows/validate.yml', 'pull_request:', 'workflow_run:', /workflow_run is not allowed/],
    [example, /secrets:\n(.*\n)+/, 'secrets: inherit\n', /secrets: inherit is not allowed/],
    [release, 'permissions: {}', 'permissions: write-all', /write-all is not allowed/],
    [build, 'RELEASE_KIT_REMOTE_CACHE:', 'ACTIONS_ALLOW_UNSECURE_COMMANDS:', /ACTIONS_ALLOW_UNSECURE_COMMANDS is not allowed/],
  ])('%s with %s as %s', (path, from, to, problem) => {
    expect(withDefect(path, from, to).join('\n')).toMatch(problem);
  });
});

describe('S3 a release restores no cache', () => {
  test.each([
    ['cache: false', 'cache: true', /S3 a release builds with cache: false/],
    ['      cache: false\n', '', /S3 a release builds with cache: false/],
    [/uses: actions\/upload-artifact@\S+ # \S+/, `uses: actions/cache@${other} # v5.0.0`, /S3 actions\/cache/],
    [
      checkout,
      `uses: actions/setup-node@${other} # v6.0.0\n        with:\n          cache: npm\n      - uses: actions/nothing@${other} # v1.0.0`,
      /S3 actions\/setup-node restores/,
    ],
  ])('%s as %s', (from, to, problem) => {
    expect(withDefect(release, from, to).join('\n')).toMatch(problem);
  });
});

describe('S4 secrets are read by the step that signs, and nothing runs beside it', () => {
  const secret = '$' + '{{ secrets.signing-key }}';
  test.each([
    [
      release,
      'uses: ./dist/draft-release',
      `env:\n          KEY: ${secret}\n        uses: ./dist/draft-release`,
      /S4 draft-release gets a secret/,
    ],
    [
      release,
      'permissions: {} # nothing is checked out',
      `permissions: {} # x\n    env:\n      KEY: ${secret}`,
      /S4 a secret outside of a step/,
    ],
    [release, '\njobs:', `\nenv:\n  KEY: ${secret}\n\njobs:`, /S4 a secret outside of a step/],
    [
      release,
      '      - name: Try the key',
      '      - uses: ./dist/build-deb\n      - name: Try the key',
      /S4 build-deb runs beside a secret/,
    ],
    [release, '      - name: Try the key', '      - run: make\n      - name: Try the key', /S4 a script runs beside a secret/],
    [
      build,
      'RELEASE_KIT_REMOTE_CACHE:',
      `KEY: ${'$'}{{ toJSON(secrets) }}\n      RELEASE_KIT_REMOTE_CACHE:`,
      /S4 a secret outside of a step/,
    ],
  ])('%s with %s as %s', (path, from, to, problem) => {
    expect(withDefect(path, from, to).join('\n')).toMatch(problem);
  });
});

describe('S5 the job that signs has an environment, and runs for tags only', () => {
  test.each([
    [/ {4}environment: .*\n/, '', /job key: S5 whoever reads a secret has an environment/],
    ["    if: github.ref_type == 'tag' && inputs.public-key == ''\n", '', /job key: S5 whoever reads a secret runs for tags only/],
  ])('%s as %s', (from, to, problem) => {
    expect(withDefect(release, from, to).join('\n')).toMatch(problem);
  });
});

test('S6 every package of the lock files has its digest; none is installed with scripts of its own', () => {
  expect(lockProblems(tree)).toEqual([]);
  const installs = [...tree]
    .filter(([path]) => /\.sh$|^\.ci\/run$|^\.github\/workflows\//.test(path))
    .flatMap(([, text]) => text.split('\n').filter((line) => !/^\s*(#|say )/.test(line) && /\bnpm (ci|install|i|exec|"\$)/.test(line)));
  expect(installs.length).toBeGreaterThan(0);
  expect(installs.filter((line) => !/--ignore-scripts/.test(line))).toEqual([]);
});

test('S7 a version of release-kit is published only where releases are immutable; the page on maintenance says how to set it', () => {
  expect(existsSync(join(root, 'scripts/publishing/immutable-releases.ts'))).toBe(true);
  expect(readFileSync(join(root, 'scripts/publish-tree.ts'), 'utf8')).toMatch(/await checkImmutableReleases\(/);
});

describe('S8 no expression in a script, no script where others call, no string that is run', () => {
  test.each([
    ['.github/workflows/.ci.yml', 'run: sudo', `run: echo ${'$'}{{ github.head_ref }} && sudo`, /an expression inside run:/],
    [release, '      - name: Try the key', '      - run: make\n      - name: Try the key', /S8 a script in a workflow that others call/],
  ])('%s with %s as %s', (path, from, to, problem) => {
    expect(withDefect(path, from, to).join('\n')).toMatch(problem);
  });
  test('sources start no shell', () => expect(trickProblems(tree)).toEqual([]));
});

describe('S9 each job has the permissions that its steps need, and no other', () => {
  test.each([
    [release, 'contents: write # to make the release and its assets', 'contents: read # x', /job draft: S9 contents: write is missing/],
    [
      release,
      'attestations: write # to keep it with the repository',
      'contents: write # x',
      /job attest: S9 contents: write is granted, but nothing needs it/,
    ],
    [
      release,
      'attestations: write # to keep it with the repository',
      'contents: write # x',
      /job attest: S9 attestations: write is missing/,
    ],
    [release, 'contents: read # to read the source', 'contents: write # x', /job packages: S9 contents: write is granted/],
    [
      build,
      'contents: read # to read debian/, release-kit.yml and the commits',
      'contents: read # x\n      id-token: write # x',
      /S9 actions\/checkout runs where id-token: write is granted/,
    ],
    [build, /persist-credentials: false/, 'persist-credentials: true', /S9 checkout keeps the token/],
    [example, /^ {6}attestations: write .*\n/m, '', /job release: S9 attestations: write is missing/],
    [
      release,
      '    permissions: {} # the results of the jobs are all it reads\n',
      '    permissions:\n      actions: read # x\n',
      /job gate: S9 actions: read is granted/,
    ],
  ])('%s with %s as %s', (path, from, to, problem) => {
    expect(withDefect(path, from, to).join('\n')).toMatch(problem);
  });
});

test('S10 the frame of every action refuses a secret in a run for a fork that has our rights', () => {
  const frame = readFileSync(join(root, 'packages/action/src/run-on-runner.ts'), 'utf8');
  expect(frame.indexOf('refuseSecretForFork(')).toBeLessThan(frame.indexOf('readRunnerInputs(spec, env, host)'));
  const mains = [...tree].filter(([path]) => /^actions\/[^/]+\/src\/main\.ts$/.test(path));
  expect(mains.filter(([, text]) => !/\brunOnRunner\(/.test(text)).map(([path]) => path)).toEqual([]);
});
