// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows hold expressions.
import { describe, expect, test } from '@jest/globals';
import { annotationsOf, runnerJobs } from '../support/workflows/index.ts';
import { smallJob, smallRun } from '../support/workflows/small-run.ts';

const node = (inputs: string, more = ''): string => `
name: node action
description: for tests
inputs: ${inputs}
runs: { using: node24, main: main.mjs${more} }
`;
const composite = (inputs: string, outputs: string, steps: string): string => `
name: composite action
description: for tests
inputs: ${inputs}
outputs: ${outputs}
runs:
  using: composite
  steps:${steps.replaceAll('\n', '\n    ')}
`;
const checkout = '- uses: actions/checkout@v6\n  with: { persist-credentials: false }\n';

describe('steps', () => {
  test('outcome is before continue-on-error, conclusion after it; conditions see what failed', async () => {
    const job = await smallJob(`
- id: a
  run: exit 4
  continue-on-error: true
- id: b
  run: exit 5
- id: c
  run: "true"
- id: d
  if: failure() && steps.b.outcome == 'failure'
  run: echo "\${{ steps.a.outcome }} \${{ steps.a.conclusion }} \${{ steps.c.outcome }} \${{ job.status }}"
- if: \${{ !cancelled() }}
  run: test -n '\${{ toJSON(steps) }}'
`);
    expect(job.steps.map(({ outcome, conclusion }) => `${outcome} ${conclusion}`)).toEqual([
      'failure success',
      'failure failure',
      'skipped skipped',
      'success success',
      'success success',
    ]);
    expect(job.steps[3]?.lines).toEqual(['failure success skipped failure']);
    expect(job.conclusion).toBe('failure');
  });

  test('variables: of the workflow, the job, earlier steps, the step; what the runner sets stays', async () => {
    const steps = `
- run: |
    echo "$A $B $C"
    echo "B=exported" >> "$GITHUB_ENV"
    echo "/added" >> "$GITHUB_PATH"
- run: echo "$A $B $C \${{ env.B }} \${{ env.C }} $GITHUB_REF $GITHUB_EVENT_NAME \${PATH%%:*} \${ACTIONS_RUNTIME_TOKEN:-none}"
  env: { C: "step \${{ env.B }}", GITHUB_REF: refs/heads/evil }
- run: pwd; echo "\${0##*.}"
  working-directory: /
- run: echo "$0 $-" | grep --count e
  shell: sh
- run: exit 3 | true
  shell: bash
`;
    const job = await smallJob(steps, { job: 'env: { B: "job ${{ github.ref_name }}", C: c }', env: { A: 'machine' } });
    expect(job.steps.map(({ lines }) => lines)).toEqual([
      ['machine job main c'],
      ['machine exported step exported exported step exported refs/heads/main push /added none'],
      ['/', 'sh'],
      ['1'],
      [],
    ]);
    expect(job.steps.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success', 'success', 'failure']);
  });

  test('secrets are masked in lines, annotations, summaries and debug, the token too', async () => {
    const job = await smallJob(
      `
- run: |
    echo "pass: $PASS, token: \${{ github.token == secrets.GITHUB_TOKEN }} \${{ github.token }}"
    echo "::error title=a $PASS::b $PASS"
    echo "::add-mask::found"
    echo "found $PASS" >> "$GITHUB_STEP_SUMMARY"
    echo "::debug::$PASS"
  env: { PASS: "\${{ secrets.PASS }}" }
- run: echo "found \${{ secrets.NOBODY }}."
  name: Say \${{ secrets.PASS }}
`,
      { secrets: { PASS: 'hunter22' } },
    );
    expect(job.steps.map(({ lines }) => lines)).toEqual([['pass: ***, token: true ***'], ['*** .']]);
    expect(job.steps[1]?.name).toBe('Say ***');
    expect(job.steps[0]).toMatchObject({
      annotations: [{ level: 'error', message: 'b ***', properties: { title: 'a ***' } }],
      summary: '*** ***\n',
      debug: ['***'],
    });
    expect(JSON.stringify({ ...job, runner: undefined })).not.toContain('hunter22');
  });

  test('of each level ten annotations of a step are shown, and fifty of a job', async () => {
    const many = `
- run: |
    for level in error warning notice; do for n in $(seq 12); do echo "::$level::$n"; done; done`;
    const job = await smallJob(`${many}${many}`);
    expect(job.steps.map(({ annotations, hiddenAnnotations }) => [annotations.length, hiddenAnnotations])).toEqual([
      [30, 6],
      [30, 6],
    ]);
    expect(annotationsOf(job)).toHaveLength(50);
  });

  test('a step whose time is up fails, and the job goes on', async () => {
    const job = await smallJob('- run: exec sleep 30\n  timeout-minutes: 0.005\n  continue-on-error: true\n- run: "true"');
    expect(job.steps.map(({ outcome, conclusion }) => `${outcome} ${conclusion}`)).toEqual(['failure success', 'success success']);
    expect(job.steps[0]?.annotations.at(-1)?.message).toBe('The action has timed out after 0.005 minutes.');
  });

  test('an expression that fails, and what an action wrote wrongly, fail the step', async () => {
    const job = await smallJob(
      `- run: echo "\${{ fromJSON('{') }}"\n- if: always()\n  run: echo broken >> "$GITHUB_OUTPUT"\n- if: always()\n  uses: ./nowhere\n- if: always()\n  run: pwd\n  working-directory: nowhere`,
    );
    expect(job.steps.map(({ annotations }) => annotations.at(-1)?.message)).toEqual([
      expect.stringMatching(/^fromJSON\('\{'\): /),
      "Invalid format 'broken'",
      expect.stringMatching(/^Can't find 'action.yml'/),
      expect.stringMatching(/No such file or directory$/),
    ]);
  });
});

describe('actions', () => {
  test('inputs: defaults are expressions, unknown ones are warned of, names keep their hyphens', async () => {
    const job = await smallJob(`${checkout}- id: a\n  uses: ./act\n  with: { Dry-Run: yes, more: 1, empty: "" }\n`, {
      files: {
        'act/action.yml': node(
          '{ repo: { default: "${{ github.repository }}" }, dry-run: { default: "no" }, empty: { default: x }, two words: {} }',
        ),
        'act/main.mjs': `import { appendFileSync } from 'node:fs';
const all = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_')).sort());
appendFileSync(process.env.GITHUB_OUTPUT, 'all=' + JSON.stringify(all) + '\\n');
`,
      },
    });
    expect(JSON.parse(job.steps[1]?.outputs['all'] ?? '')).toEqual({
      INPUT_REPO: 'octo-org/hello',
      'INPUT_DRY-RUN': 'yes',
      INPUT_EMPTY: '',
      INPUT_TWO_WORDS: '',
      INPUT_MORE: '1',
    });
    expect(job.steps[1]?.annotations).toEqual([
      {
        level: 'warning',
        message: "Unexpected input(s) 'more', valid inputs are ['repo', 'dry-run', 'empty', 'two words']",
        properties: {},
      },
    ]);
  });

  test('pre before all steps, post after them, last first, each with its state; a local action has no pre', async () => {
    const files = {
      'act/action.yml': node('{ n: {} }', ', pre: pre.mjs, post: post.mjs, post-if: "env.SKIP != \'yes\'"'),
      'act/pre.mjs': `import { appendFileSync } from 'node:fs'; appendFileSync(process.env.GITHUB_STATE, 'pre=1\\n'); console.log('pre ' + process.env.INPUT_N);`,
      'act/main.mjs': `import { appendFileSync } from 'node:fs'; appendFileSync(process.env.GITHUB_STATE, 'main=' + process.env.INPUT_N + '\\n'); console.log('main ' + process.env.STATE_pre);`,
      'act/post.mjs': `console.log('post ' + process.env.STATE_pre + process.env.STATE_main + process.env.INPUT_N)`,
    };
    const steps = `${checkout}- uses: ./act\n  with: { n: a }\n- uses: octo-org/hello/act@main\n  with: { n: b }\n- uses: ./act\n  with: { n: c }\n- if: false\n  uses: ./act\n`;
    const job = await smallJob(steps, { files });
    expect(job.steps.map(({ stage, lines }) => [stage, ...lines]).filter(([, line]) => line?.length !== 40)).toEqual([
      ['pre', 'pre b'],
      ['main', 'main undefined'],
      ['main', 'main 1'],
      ['main', 'main undefined'],
      ['main'],
      ['post', 'post undefinedcc'],
      ['post', 'post 1bb'],
      ['post', 'post undefinedaa'],
    ]);
  });

  test('a composite action has inputs as texts, outputs, its own steps and conditions, and no secrets', async () => {
    const files = {
      'outer/action.yml': composite(
        '{ flag: { default: "${{ github.event_name }}" } }',
        '{ said: { value: "${{ steps.inner.outputs.said }}!" }, path: { value: "${{ steps.path.outputs.path }}" } }',
        `
- id: inner
  uses: ./inner
  with: { word: "\${{ inputs.flag }} \${{ env.AROUND }}" }
- run: exit 7
  shell: bash
  continue-on-error: true
- if: failure()
  run: echo not reached
  shell: bash
- id: path
  run: echo "path=\${GITHUB_ACTION_PATH##*/} \${{ job.status }}" >> "$GITHUB_OUTPUT"
  shell: bash
`,
      ),
      'inner/action.yml': composite(
        '{ word: { required: true } }',
        '{ said: { value: "${{ steps.one.outputs.said }}" } }',
        `
- id: one
  run: echo "said=$WORD" >> "$GITHUB_OUTPUT"; echo "::notice::$WORD"; echo "# $WORD" >> "$GITHUB_STEP_SUMMARY"
  shell: bash
  env: { WORD: "\${{ inputs.word }}" }
`,
      ),
      'secret/action.yml': composite('{}', '{}', '\n- run: echo ${{ secrets.PASS }}\n  shell: bash'),
    };
    const job = await smallJob(
      `${checkout}- id: outer\n  uses: ./outer\n  env: { AROUND: around }\n- run: echo '\${{ steps.outer.outputs.said }} \${{ steps.inner }}'\n- uses: ./secret\n`,
      { files, secrets: { PASS: 'hunter22' } },
    );
    expect(job.steps[1]).toMatchObject({
      outcome: 'success',
      outputs: { said: 'push around!', path: 'outer success' },
      summary: '# push around\n',
    });
    expect(job.steps[1]?.annotations.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'notice push around',
      'error Process completed with exit code 7.',
    ]);
    expect(job.steps[1]?.steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure', 'skipped', 'success']);
    expect(job.steps[2]?.lines).toEqual(['push around! ']);
    expect(job.steps[3]?.annotations[0]?.message).toMatch(/secrets/);
  });

  test('an action at a reference that is not there ends the job before its steps; one nobody gave is a mistake of the test', async () => {
    const job = await smallJob('- run: "true"\n- uses: octo-org/hello@v9\n');
    expect(job).toMatchObject({ conclusion: 'failure', steps: [] });
    expect(job.annotations[0]?.message).toBe("Unable to resolve action 'octo-org/hello@v9', unable to find version 'v9'");
    await expect(smallJob('- uses: somebody/else@v1\n')).rejects.toThrow(/somebody\/else is used, but only octo-org\/hello was given/);
    await expect(smallJob('- uses: docker://alpine\n')).rejects.toThrow(/cannot use docker/);
  });
});

test('twelve jobs cost little of their own', async () => {
  const jobs = Array.from({ length: 12 }, (_, index) => `  j${index}:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: "true"\n`);
  const run = await smallRun(`on: push\njobs:\n${jobs.join('')}`);
  expect(runnerJobs(run.jobs)).toHaveLength(12);
  expect(run.conclusion).toBe('success');
});
