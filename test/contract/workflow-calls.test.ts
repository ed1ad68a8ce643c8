// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows hold expressions.
import { describe, expect, test } from '@jest/globals';
import { startOidcIssuer } from '@release-kit/github-stand-in';
import {
  type Files,
  jobNamed,
  pushEvent,
  Repositories,
  runnerJobs,
  runWorkflow,
  sampleRepository,
  type WorkflowRequest,
  type WorkflowRun,
} from '../support/workflows/index.ts';

const kit = 'release-kit/release-kit';
const caller = 'octo-org/hello';

/** Runs ci.yml of the caller, which may call what the kit holds at its tag v1. */
async function calling(kitFiles: Files, ci: string, more: Partial<WorkflowRequest> = {}): Promise<WorkflowRun> {
  await using kitRepository = await sampleRepository(kitFiles);
  await kitRepository.tag('v1');
  await using callerRepository = await sampleRepository({ README: 'hello\n', '.github/workflows/ci.yml': ci });
  await using repositories = new Repositories({ [kit]: kitRepository.bare, [caller]: callerRepository.bare });
  const event = await pushEvent({ repository: caller, bare: callerRepository.bare }, 'refs/heads/main');
  return await runWorkflow({ repository: caller, repositories, workflow: '.github/workflows/ci.yml', event, ...more });
}

test('a caller of a reusable workflow of another repository: matrix, composite action, node action, checkout', async () => {
  await using kitRepository = await sampleRepository({
    'say/action.yml': `
name: say
description: says
inputs: { word: { description: w, default: "\${{ github.repository }}" } }
outputs: { said: { description: s } }
runs: { using: node24, main: main.mjs, post: post.mjs }
`,
    'say/main.mjs': `
import { appendFileSync, readFileSync } from 'node:fs';
appendFileSync(process.env.GITHUB_OUTPUT, 'said=' + process.env.INPUT_WORD + ' ' + readFileSync('README', 'utf8').trim() + '\\n');
appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# ' + process.env.INPUT_WORD + '\\n');
`,
    'say/post.mjs': `console.log('after')`,
    'both/action.yml': `
name: both
description: both
inputs: { word: { description: w, required: true } }
outputs: { all: { description: a, value: "\${{ steps.one.outputs.said }}!" } }
runs:
  using: composite
  steps:
    - id: one
      uses: ${kit}/say@v1
      with: { word: "\${{ inputs.word }}" }
`,
    '.github/workflows/build.yml': `
name: build
on:
  workflow_call:
    inputs: { words: { type: string, required: true } }
    outputs: { said: { value: "\${{ jobs.say.outputs.said }}" } }
permissions: {}
jobs:
  say:
    runs-on: ubuntu-24.04
    permissions: { contents: read }
    strategy: { matrix: { word: "\${{ fromJSON(inputs.words) }}" } }
    outputs: { said: "\${{ steps.both.outputs.all }}" }
    steps:
      - uses: actions/checkout@v6
        with: { persist-credentials: false }
      - id: both
        uses: ${kit}/both@v1
        with: { word: "\${{ matrix.word }}" }
`,
  });
  await kitRepository.tag('v1');
  await using callerRepository = await sampleRepository({
    README: 'hello\n',
    '.github/workflows/ci.yml': `
name: ci
on: push
permissions: { contents: read }
jobs:
  packages:
    uses: ${kit}/.github/workflows/build.yml@v1
    with: { words: '["a", "b"]' }
  after:
    needs: packages
    runs-on: ubuntu-24.04
    steps:
      - run: echo "$SAID"
        env: { SAID: "\${{ needs.packages.outputs.said }}" }
`,
  });
  await using repositories = new Repositories({ [kit]: kitRepository.bare, [caller]: callerRepository.bare });
  const event = await pushEvent({ repository: caller, bare: callerRepository.bare }, 'refs/heads/main');
  const run = await runWorkflow({ repository: caller, repositories, workflow: '.github/workflows/ci.yml', event });
  expect(run.conclusion).toBe('success');
  expect(jobNamed(run, 'after').steps[0]?.lines).toEqual([expect.stringMatching(/^[ab] hello!$/)]);
});

const called = (on: string, jobs: string): string => `on:\n  workflow_call:${on}\npermissions: {}\njobs:\n${jobs}`;
const saying = (text: string): string => `  say:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          ${text}\n`;
const uses = `${kit}/.github/workflows/called.yml@v1`;

describe('calls', () => {
  test('inputs have their kinds and defaults, secrets are those that were passed, github is of the caller, job of the called one', async () => {
    const run = await calling(
      {
        '.github/workflows/called.yml': called(
          `
    inputs:
      flag: { type: boolean }
      count: { type: number, default: 3 }
      word: { type: string, default: "\${{ github.ref_name }}" }
      many: { type: string }
    secrets: { PASS: { required: true }, OTHER: {} }
    outputs: { said: { value: "\${{ jobs.say.outputs.said }}" }, never: { value: "\${{ jobs.no.outputs.x }}" } }`,
          `${saying("echo '${{ toJSON(inputs) }} ${{ toJSON(secrets) }} ${{ github.repository }} ${{ github.workflow_ref }}' '${{ job.workflow_repository }} ${{ job.workflow_ref }}'")}    outputs: { said: "\${{ inputs.many }}" }
  no:
    if: false
    runs-on: ubuntu-24.04
    steps: [{ run: "true" }]
`,
        ),
      },
      `on: push
jobs:
  call:
    uses: ${uses}
    with: { flag: "\${{ github.ref_name == 'main' }}", many: 7 }
    secrets: { pass: "\${{ secrets.MINE }}" }
  after:
    needs: call
    runs-on: ubuntu-24.04
    steps: [{ run: "echo '\${{ needs.call.result }} \${{ needs.call.outputs.said }}.\${{ needs.call.outputs.never }}'" }]
`,
      { secrets: { MINE: 'hunter22', NOT: 'given' } },
    );
    const said = jobNamed(run, 'call / say').steps[0]?.lines.join('').replaceAll(/\s+/g, ' ');
    expect(said).toMatch(/^\{ "flag": true, "count": 3, "word": "main", "many": "7"\} \{ "PASS": "\*\*\*", "GITHUB_TOKEN": "\*\*\*"\}/);
    expect(said).toContain(
      `${caller} ${caller}/.github/workflows/ci.yml@refs/heads/main ${kit} ${kit}/.github/workflows/called.yml@refs/tags/v1`,
    );
    // A job that was skipped in it does not make a call skipped.
    expect(jobNamed(run, 'call')).toMatchObject({ kind: 'call', conclusion: 'success', outputs: { said: '7' } });
    expect(jobNamed(run, 'after').steps[0]?.lines).toEqual(['success 7.']);
  });

  test('./ in a called workflow is its own repository and commit, ./ of a step is the checkout', async () => {
    const run = await calling(
      {
        '.github/workflows/called.yml': called('', '  deeper:\n    uses: ./.github/workflows/deeper.yml\n'),
        '.github/workflows/deeper.yml': called('', `${saying('true')}      - uses: ./act\n`),
        'act/action.yml': 'name: a\ndescription: a\nruns: { using: composite, steps: [] }\n',
      },
      `on: push\njobs:\n  call:\n    uses: ${uses}\n`,
    );
    const [job] = runnerJobs(run.jobs);
    expect(job).toMatchObject({ name: 'call / deeper / say', key: 'call/deeper/say', conclusion: 'failure' });
    expect(job?.steps[1]?.annotations[0]?.message).toMatch(/Can't find 'action.yml'/);
  });

  test.each([
    ['a text for a boolean', '{ flag: "${{ \'true\' }}" }', /Unexpected type of value 'true', expected type: Boolean/],
    ['a text for a number', '{ count: "${{ github.ref }}" }', /expected type: Number/],
  ])('%s fails the call', async (_name, given, message) => {
    const files = {
      '.github/workflows/called.yml': called('\n    inputs: { flag: { type: boolean }, count: { type: number } }', saying('true')),
    };
    const run = await calling(files, `on: push\njobs:\n  call:\n    uses: ${uses}\n    with: ${given}\n`);
    expect(run.jobs[0]).toMatchObject({ conclusion: 'failure', jobs: [] });
    expect(run.jobs[0]?.annotations[0]?.message).toMatch(message);
  });

  test.each([
    ['an unknown input', 'with: { other: 1 }', /Invalid input, other is not defined/],
    ['a missing secret', 'with: { must: x }', /Secret PASS is required, but not provided/],
    ['a missing input', 'secrets: inherit', /Input must is required, but not provided/],
    ['an unknown secret', 'secrets: { PASS: x, OTHER: x }', /Invalid secret, OTHER is not defined/],
    [
      'too few permissions',
      'permissions: { contents: read }',
      /The nested job 'say' is requesting 'contents: write', but is only allowed 'contents: read'/,
    ],
  ])('%s is refused before anything runs', async (_name, line, message) => {
    const on = '\n    inputs: { must: { type: string, required: true } }\n    secrets: { PASS: { required: true } }';
    const files = { '.github/workflows/called.yml': called(on, `${saying('true')}    permissions: { contents: write }\n`) };
    const permissions = line.startsWith('permissions') ? '' : '    permissions: { contents: write }\n';
    await expect(calling(files, `on: push\njobs:\n  call:\n    uses: ${uses}\n${permissions}    ${line}\n`)).rejects.toThrow(message);
  });

  test.each([
    ['a reference that is not there', uses.replace('@v1', '@v2'), /should be a tag, a branch or a full commit/],
    ['a file that is not there', uses.replace('called', 'none'), /none.yml: not found/],
    ['one that is not to be called', uses, /'workflow_call' is missing/],
    ['an expression', '${{ github.repository }}/.github/workflows/x.yml@v1', /./],
  ])('%s is refused', async (_name, reference, message) => {
    const files = { '.github/workflows/called.yml': `on: push\njobs:\n${saying('true')}` };
    await expect(calling(files, `on: push\njobs:\n  call:\n    uses: ${reference}\n`)).rejects.toThrow(message);
  });

  test('an identity is given where id-token is granted, and names the called workflow', async () => {
    await using oidc = await startOidcIssuer();
    const ask = `node -e 'fetch(process.env.ACTIONS_ID_TOKEN_REQUEST_URL + "&audience=sigstore", { headers: { authorization: "bearer " + process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN } }).then((answer) => answer.json()).then(({ value }) => console.log(value.split(".")[1]))'`;
    const files = {
      '.github/workflows/called.yml': called('', `${saying(ask)}    permissions: { id-token: write }\n    environment: release\n`),
    };
    const run = await calling(
      files,
      `on: push\njobs:\n  call:\n    uses: ${uses}\n    permissions: { id-token: write }\n  other:\n${saying('echo "$ACTIONS_ID_TOKEN_REQUEST_URL."').split('\n').slice(1).join('\n')}`,
      { services: { oidc } },
    );
    const claims: unknown = JSON.parse(Buffer.from(jobNamed(run, 'call / say').steps[0]?.lines[0] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({
      sub: `repo:${caller}:environment:release`,
      aud: 'sigstore',
      job_workflow_ref: `${kit}/.github/workflows/called.yml@refs/tags/v1`,
      workflow_ref: `${caller}/.github/workflows/ci.yml@refs/heads/main`,
      run_attempt: '1',
    });
    expect(jobNamed(run, 'other').steps[0]?.lines).toEqual(['.']);
  });

  test('a called workflow that asks for a group which its caller holds would wait for ever: it is cancelled', async () => {
    const files = { '.github/workflows/called.yml': `concurrency: { group: "one" }\n${called('', saying('true'))}` };
    const run = await calling(files, `on: push\nconcurrency: One\njobs:\n  call:\n    uses: ${uses}\n`);
    expect(run.jobs[0]).toMatchObject({ conclusion: 'cancelled', jobs: [] });
    expect(run.jobs[0]?.annotations[0]?.message).toMatch(/deadlock for concurrency group 'one'/);
  });
});
