import { describe, expect, test } from '@jest/globals';
import { type CalledName, type CalledWorkflow, calledNames, calledWorkflow, readCalledWorkflows } from './called-workflow.ts';
import { missingPermissions, needlessPermissions } from './permission-need.ts';
import { workflowChecks } from './workflow-checks.ts';
import { readWorkflow } from './workflow-document.ts';

const known: ReadonlyMap<CalledName, CalledWorkflow> = new Map([
  ['validate', { inputs: { source: false, 'public-key': false }, secrets: {}, permissions: { contents: 'read' } }],
  ['build-packages', { inputs: { source: true }, secrets: {}, permissions: { contents: 'read' } }],
  ['release', { inputs: {}, secrets: { signing_key: false, token: true }, permissions: { contents: 'write', 'id-token': 'write' } }],
]);
const sha = 'a'.repeat(40);

/** `level name:line finding` of what is told of a workflow. */
async function told(text: string): Promise<readonly string[]> {
  const findings = workflowChecks(await readWorkflow(text, 'w.yml'), known);
  return findings.map(({ level, name, place, finding }) => `${level} ${name}:${place?.line} ${finding}`);
}

const validate = (more = '', on = 'pull_request:'): string => `on:
  ${on}
jobs:
  validate:
    uses: octo-org/release-kit/.github/workflows/validate.yml@${sha}
    permissions: { contents: read }
${more}`;

const release = (more = '', permissions = '{ contents: write, id-token: write }', on = 'push: { tags: ["v*"] }'): string => `on:
  ${on}
jobs:
  release:
    uses: octo-org/release-kit/.github/workflows/release.yml@${sha}
    permissions: ${permissions}
${more === '' ? '    secrets: { SIGNING_KEY: x, token: y }\n' : more}`;

describe('a caller that fits is good, and nothing else is told', () => {
  test.each([
    { text: validate(), finding: 'validate' },
    { text: validate('    with: { public-key: a.asc }\n'), finding: 'validate' },
    { text: validate('', '[push, pull_request]').replace('on:\n  ', 'on: '), finding: 'validate' },
    { text: release(), finding: 'release' },
    { text: release(undefined, 'write-all'), finding: 'release' },
  ])('$finding', async ({ text, finding }) => {
    const lines = (await told(text)).filter((line) => !line.startsWith('note'));
    expect(lines).toEqual([`good workflow:undefined its triggers fit, and permissions, inputs and secrets fit ${finding}`]);
  });
});

describe('what is wrong is told at its line', () => {
  test.each([
    { rule: 'a branch is no release', text: validate().replace(sha, 'main'), line: /^bad pin:5 main is a branch/ },
    { rule: 'a short SHA can be another one', text: validate().replace(sha, 'abcdef1'), line: /^bad pin:5 abcdef1/ },
    { rule: 'a tag can move', text: validate().replace(sha, 'v1'), line: /^note pin:5 v1 is a tag/ },
    { rule: 'no permissions', text: validate().replace(/ {4}permissions.*\n/, ''), line: /^bad permissions:4 the job validate says none/ },
    {
      rule: 'too few',
      text: release('', '{ contents: read }'),
      line: /^bad permissions:6 .* does not grant contents: write, id-token: write, which release/,
    },
    {
      rule: 'those of the workflow count',
      text: `permissions: {}\n${validate().replace(/ {4}permissions.*\n/, '')}`,
      line: /does not grant contents: read/,
    },
    { rule: 'too many', text: validate().replace('contents: read', 'contents: write'), line: /^note permissions:6 contents: write/ },
    { rule: 'all secrets at once', text: release('    secrets: inherit\n'), line: /^bad secrets:7 inherit gives every secret/ },
    {
      rule: 'a secret of another name',
      text: release('    secrets: { sining_key: x, token: y }\n'),
      line: /^bad secrets:7 release takes no secret sining_key/,
    },
    {
      rule: 'a secret that must be there',
      text: release('    secrets: { signing_key: x }\n'),
      line: /^bad secrets:7 release needs the secret token/,
    },
    { rule: 'no key', text: release('    secrets: { token: y }\n'), line: /^note secrets:7 no signing_key/ },
    { rule: 'an unknown input', text: validate('    with: { sorce: . }\n'), line: /^bad inputs:7 validate takes no input sorce/ },
    {
      rule: 'code of strangers with secrets',
      text: validate('', 'pull_request_target:'),
      line: /^bad triggers:2 pull_request_target runs with secrets/,
    },
    { rule: 'no pull request', text: validate('', 'push:'), line: /^bad triggers:1 validate is for pull requests/ },
    { rule: 'no tag', text: release('', undefined, 'push: { branches: [main] }'), line: /^bad triggers:2 no release tag/ },
    { rule: 'only other tags', text: release('', undefined, 'push: { tags: ["!v*", "nightly"] }'), line: /^bad triggers:2 no release tag/ },
    { rule: 'branches too', text: release('', undefined, 'push: { branches: [main], tags: [v*] }'), line: /^note triggers:1 branches or/ },
    { rule: 'half a release', text: `concurrency: { group: g, cancel-in-progress: true }\n${release()}`, line: /^bad concurrency:1 / },
    {
      rule: 'an action by a branch',
      text: `on: push\njobs:\n  a:\n    steps:\n      - uses: octo-org/release-kit/build-deb@main\n`,
      line: /^bad pin:5 main/,
    },
  ])('$rule', async ({ text, line }) => {
    expect(await told(text)).toContainEqual(expect.stringMatching(line));
  });

  test('a checkout that a step of ours does not fit', async () => {
    const job = (checkout: string): string =>
      `on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6${checkout}\n      - uses: octo-org/release-kit/changelog@${sha}\n      - uses: octo-org/release-kit/build-deb@${sha}\n`;
    expect(await told(job(''))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^note checkout:5 changelog has to fetch/),
        expect.stringMatching(/^note checkout:5 the token/),
      ]),
    );
    const fits = await told(job('\n        with: { fetch-depth: 0, persist-credentials: false }'));
    expect(fits).toEqual([expect.stringMatching(/^good workflow/)]);
  });

  test('of a workflow that calls others only, nothing is told', async () => {
    expect(await told('on: pull_request_target\njobs:\n  a:\n    uses: octo-org/other/.github/workflows/x.yml@main\n')).toEqual([]);
    for (const text of ['', 'on: push', '[]', 'jobs: []', 'jobs: { a: 1 }']) expect(await told(text)).toEqual([]);
  });

  test('names of strangers are shown without their control characters', async () => {
    const lines = await told(validate('    with: { "a\\u001b[31m": . }\n'));
    expect(lines.join('\n')).not.toContain('\u001b');
  });
});

describe('permissions', () => {
  test('what is granted is compared by scope and level', () => {
    expect(missingPermissions({ contents: 'read', 'id-token': 'write' }, { contents: 'write', 'id-token': 'write' })).toEqual([
      'contents: write',
    ]);
    expect(missingPermissions('read-all', { contents: 'read', attestations: 'write' })).toEqual(['attestations: write']);
    expect(needlessPermissions({ contents: 'read', packages: 'none' }, { contents: 'write' })).toEqual([]);
    expect(needlessPermissions('write-all', { contents: 'write' })).toEqual(['write-all']);
  });

  test('a called workflow needs what all its jobs need, and those that it calls', async () => {
    const outer =
      'on: { workflow_call: { inputs: { a: { required: true } } } }\njobs:\n  a: { uses: ./.github/workflows/inner.yml, permissions: { contents: read } }\n';
    const inner =
      'on: { workflow_call: {} }\njobs:\n  a: { permissions: { contents: write, id-token: none } }\n  b: { permissions: { packages: read } }\n';
    const documents = new Map([
      ['outer', await readWorkflow(outer, 'outer.yml')],
      ['inner', await readWorkflow(inner, 'inner.yml')],
    ]);
    expect(calledWorkflow('outer', documents)).toEqual({
      inputs: { a: true },
      secrets: {},
      permissions: { contents: 'write', packages: 'read' },
    });
  });

  test('our own workflows are read whole: each runs with contents, and only release writes', async () => {
    const own = await readCalledWorkflows();
    expect([...own.keys()]).toEqual([...calledNames]);
    expect(own.get('validate')?.permissions).toEqual({ contents: 'read' });
    expect(own.get('build-packages')?.permissions).toEqual({ contents: 'read' });
    expect(own.get('release')?.permissions).toEqual({ attestations: 'write', contents: 'write', 'id-token': 'write' });
    expect(own.get('release')?.secrets).toHaveProperty('signing_key');
  });
});
