// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows hold expressions.
import { describe, expect, test } from '@jest/globals';
import { startFakeGitHub, startOidcIssuer } from '@release-kit/github-stand-in';
import { git } from '../support/workflows/git.ts';
import {
  dispatchEvent,
  jobNamed,
  pullRequestEvent,
  pushEvent,
  Repositories,
  runWorkflow,
  sampleRepository,
} from '../support/workflows/index.ts';
import { smallRepository } from '../support/workflows/small-run.ts';

const path = '.github/workflows/test.yml';
const job = (id: string, given: string, run: string): string =>
  `  ${id}:\n    runs-on: ubuntu-24.04\n    steps:\n      - id: out\n        uses: actions/checkout@v6\n        with: ${given}\n      - run: |\n          ${run.replaceAll('\n', '\n          ')}\n`;
const workflow = (...jobs: readonly string[]): string =>
  `on: [push, pull_request, workflow_dispatch]\npermissions: {}\njobs:\n${jobs.join('')}`;
const say = 'git rev-list --count HEAD; git symbolic-ref --quiet --short HEAD || echo detached; git tag | tr "\\n" " "; cat README';

describe('checkout', () => {
  test('of a branch, a tag, a commit, with history and in a folder, and without credentials', async () => {
    await using repository = await sampleRepository({ README: 'one\n' });
    const first = await repository.commit({ README: 'two\n' });
    await repository.commit({
      README: 'three\n',
      [path]: workflow(
        job(
          'plain',
          '{ persist-credentials: false }',
          `${say}\ngit remote get-url origin\ngit config --get-regexp extraheader || echo none`,
        ),
        job('whole', '{ fetch-depth: 0, persist-credentials: false }', say),
        job('tag', '{ ref: v1, persist-credentials: false }', say),
        job('commit', `{ ref: ${first}, fetch-depth: 2, path: in/side, persist-credentials: false }`, `cd in/side; ${say}`),
        job(
          'kept',
          '{}',
          'git config --includes --get-regexp extraheader; git fetch --quiet origin main; test -z "$(git log --format=%an FETCH_HEAD | grep -v Maintainer)"',
        ),
        job('missing', '{ ref: nowhere }', 'true'),
        job('misspelt', '{ fetch-dept: 0 }', 'true'),
        job('outside', '{ path: ../x }', 'true'),
      ),
    });
    await repository.tag('v1');
    await using repositories = new Repositories({ [smallRepository]: repository.bare });
    const event = await pushEvent({ repository: smallRepository, bare: repository.bare }, 'refs/heads/main');
    const run = await runWorkflow({ repository: smallRepository, repositories, workflow: path, event });
    const lines = (name: string): readonly string[] => jobNamed(run, name).steps[1]?.lines ?? [];
    expect(lines('plain')).toEqual(['1', 'main', 'three', `file://${repository.bare}`, 'none']);
    expect(lines('whole')).toEqual(['3', 'main', 'v1 three']);
    expect(lines('tag')).toEqual(['1', 'detached', 'v1 three']);
    expect(lines('commit')).toEqual(['2', 'detached', 'two']);
    expect(lines('kept')).toEqual(['http.https://github.com/.extraheader AUTHORIZATION: basic ***']);
    expect(['plain', 'kept', 'missing', 'misspelt', 'outside'].map((name) => jobNamed(run, name).steps[0]?.conclusion)).toEqual([
      'success',
      'success',
      'failure',
      'failure',
      'failure',
    ]);
    expect(jobNamed(run, 'misspelt').steps[0]?.annotations[0]?.message).toMatch(/does not know fetch-dept/);
    expect(jobNamed(run, 'plain').steps[0]?.outputs).toEqual({ ref: 'refs/heads/main', commit: event.sha });
  });

  test('of a tag that was pushed: it keeps its message', async () => {
    await using repository = await sampleRepository({
      README: 'r',
      [path]: workflow(
        job('a', '{ persist-credentials: false }', "git cat-file -t refs/tags/v1; echo '${{ github.ref_name }} ${{ github.ref_type }}'"),
      ),
    });
    await repository.tag('v1');
    await using repositories = new Repositories({ [smallRepository]: repository.bare });
    const event = await pushEvent({ repository: smallRepository, bare: repository.bare }, 'refs/tags/v1');
    const run = await runWorkflow({ repository: smallRepository, repositories, workflow: path, event });
    expect(jobNamed(run, 'a').steps[1]?.lines).toEqual(['tag', 'v1 tag']);
  });
});

describe('pull requests', () => {
  const text = `on: pull_request
permissions: { contents: write, checks: write, id-token: write }
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
        with: { fetch-depth: 2, persist-credentials: false }
      - run: |
          git rev-parse --verify --quiet HEAD^2; cat README NEW
          echo "$GITHUB_HEAD_REF $GITHUB_BASE_REF $GITHUB_REF $TITLE"
          echo "secret: \${{ secrets.PASS }}. identity: \${ACTIONS_ID_TOKEN_REQUEST_URL:+yes}."
        env: { TITLE: "\${{ github.event.pull_request.title }}" }
`;

  test('run on the trial merge; those of forks get no secret, no identity, and a token that reads', async () => {
    await using repository = await sampleRepository({ README: 'old\n', [path]: text });
    await using fork = await sampleRepository();
    await git(['--git-dir', fork.bare, 'fetch', '--quiet', repository.bare, 'refs/heads/main:refs/heads/main']);
    const head = await fork.commit({ NEW: 'new\n' }, 'Add new', 'patch');
    await repository.commit({ README: 'newer\n' });
    await repository.commit({ NEW: 'own\n' }, 'Own branch', 'own');
    await using repositories = new Repositories({ [smallRepository]: repository.bare });
    await using github = await startFakeGitHub({ repository: smallRepository });
    await using oidc = await startOidcIssuer();
    const place = { repository: smallRepository, bare: repository.bare };
    const start = async (event: Awaited<ReturnType<typeof pullRequestEvent>>) =>
      runWorkflow({
        repository: smallRepository,
        repositories,
        workflow: path,
        event,
        secrets: { PASS: 'hunter22' },
        services: { github, oidc },
      });
    const pull = { number: 7, title: 'A $(title)', head: 'patch', base: 'main' };
    const forked = await start(await pullRequestEvent(place, { ...pull, from: { repository: 'stranger/hello', bare: fork.bare } }));
    const [job] = forked.jobs;
    expect(job?.steps[1]?.lines).toEqual([head, 'newer', 'new', 'patch main refs/pull/7/merge A $(title)', 'secret: . identity: .']);
    expect(job?.runner).toMatchObject({ permissions: { contents: 'read', checks: 'read', 'id-token': 'none' }, idToken: false });
    const token = job?.runner?.token ?? '';
    expect(github.tokens.get(token)).toBe('expired');
    const own = await start(await pullRequestEvent(place, { ...pull, head: 'own', number: 8 }));
    expect(own.jobs[0]?.steps[1]?.lines.at(-1)).toBe('secret: ***. identity: yes.');
    expect(own.jobs[0]?.runner).toMatchObject({ permissions: { contents: 'write' }, idToken: true });
    expect(own.jobs[0]?.runner?.token).not.toBe(token);
  });
});

test('a token may do at the stand-in what its job was granted, while the job runs', async () => {
  const ask = (id: string, permissions: string): string =>
    `  ${id}:\n    runs-on: ubuntu-24.04\n    permissions: ${permissions}\n    steps:\n      - run: |\n          node -e 'fetch(process.env.GITHUB_API_URL + "/repos/octo-org/hello/releases", { method: "POST", body: JSON.stringify({ tag_name: "v1", draft: true }), headers: { authorization: "bearer " + process.env.T, "content-type": "application/json" } }).then(({ status }) => console.log(status))'\n        env: { T: "\${{ github.token }}" }\n`;
  await using repository = await sampleRepository({
    [path]: `on: push\npermissions: {}\njobs:\n${ask('reads', '{ contents: read }')}${ask('writes', '{ contents: write }')}`,
  });
  await using repositories = new Repositories({ [smallRepository]: repository.bare });
  await using github = await startFakeGitHub({ repository: smallRepository });
  const event = await pushEvent({ repository: smallRepository, bare: repository.bare }, 'refs/heads/main');
  const run = await runWorkflow({ repository: smallRepository, repositories, workflow: path, event, services: { github } });
  expect(run.jobs.map(({ steps }) => steps[0]?.lines)).toEqual([['403'], ['201']]);
  expect([...github.tokens.values()]).toEqual(['expired', 'expired']);
});

describe('runs by hand', () => {
  const text = `on:
  workflow_dispatch:
    inputs:
      what: { type: choice, options: [a, b], required: true }
      flag: { type: boolean, default: false }
      word: { type: string, default: w }
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - run: echo '\${{ inputs.what }} \${{ inputs.flag && 1 || 2 }} \${{ inputs.word }} \${{ github.event.inputs.flag }}'
`;

  test('have typed inputs, and refuse what the page would', async () => {
    await using repository = await sampleRepository({ [path]: text });
    await using repositories = new Repositories({ [smallRepository]: repository.bare });
    const place = { repository: smallRepository, bare: repository.bare };
    const start = async (inputs: Parameters<typeof dispatchEvent>[2]) =>
      runWorkflow({
        repository: smallRepository,
        repositories,
        workflow: path,
        event: await dispatchEvent(place, 'refs/heads/main', inputs),
      });
    const run = await start({ what: 'b', flag: true });
    expect(run.jobs[0]?.steps[0]?.lines).toEqual(['b 1 w true']);
    await expect(start({ what: 'c' })).rejects.toThrow(/'c' for input 'what' not in the list/);
    await expect(start({})).rejects.toThrow(/Required input 'what' not provided/);
    await expect(start({ what: 'a', other: 1 })).rejects.toThrow(/Unexpected inputs provided: \["other"\]/);
  });
});
