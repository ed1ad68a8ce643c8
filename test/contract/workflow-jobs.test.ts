// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows hold expressions.
import { describe, expect, test } from '@jest/globals';
import {
  annotationsOf,
  ConcurrencyGroups,
  InvalidWorkflow,
  jobNamed,
  pushEvent,
  Repositories,
  rerunFailed,
  runnerJobs,
  runWorkflow,
  sampleRepository,
} from '../support/workflows/index.ts';
import { conclusionsOf, smallRepository, smallRun } from '../support/workflows/small-run.ts';

const job = (id: string, lines: string, steps = '- run: true'): string =>
  `  ${id}:\n    runs-on: ubuntu-24.04\n${lines === '' ? '' : `    ${lines.replaceAll('\n', '\n    ')}\n`}    steps:\n      ${steps.replaceAll('\n', '\n      ')}\n`;
const workflow = (...jobs: readonly string[]): string => `name: test\non: push\npermissions: {}\njobs:\n${jobs.join('')}`;

describe('jobs', () => {
  test('a job behind a skipped or failed one is skipped, whoever ran between, unless its condition asks for the status', async () => {
    const run = await smallRun(
      workflow(
        job('off', 'if: false'),
        job('between', 'needs: off\nif: always()'),
        job('behind', 'needs: between'),
        job('careful', "needs: between\nif: ${{ !failure() && !cancelled() && needs.between.result == 'success' }}"),
        job('bad', '', '- run: exit 3'),
        job('healing', 'needs: bad\nif: failure()'),
        job('late', 'needs: healing\nif: failure()'),
        job('gate', 'needs: [off, between, bad]\nif: always()', `- run: echo '\${{ toJSON(needs.*.result) }}'`),
      ),
    );
    expect(conclusionsOf(run)).toEqual({
      off: 'skipped',
      between: 'success',
      behind: 'skipped',
      careful: 'success',
      bad: 'failure',
      healing: 'success',
      late: 'success',
      gate: 'success',
    });
    expect(run.conclusion).toBe('failure');
    expect(jobNamed(run, 'gate').steps[0]?.lines.join('').replaceAll(/\s/g, '')).toBe('["skipped","success","failure"]');
    expect(annotationsOf(jobNamed(run, 'bad')).map(({ message }) => message)).toEqual(['Process completed with exit code 3.']);
  });

  test('legs write over outputs of the same name, and empty ones write nothing; an output that holds a secret is left out', async () => {
    const legs = Array.from({ length: 3 }, (_, index) => `d-${index}: \${{ strategy.job-index == ${index} && matrix.x || '' }}`).join(
      '\n  ',
    );
    const run = await smallRun(
      workflow(
        job(
          'legs',
          `strategy: { matrix: { x: [a, b, c] }, max-parallel: 1 }\noutputs:\n  last: \${{ matrix.x }}\n  total: \${{ strategy.job-total }}\n  hidden: "\${{ secrets.PASS }}!"\n  ${legs}`,
        ),
        job('after', 'needs: legs', `- run: echo '\${{ toJSON(needs.legs) }}'`),
      ),
      { secrets: { PASS: 'hunter22' } },
    );
    expect(JSON.parse(jobNamed(run, 'after').steps[0]?.lines.join('') ?? '')).toEqual({
      result: 'success',
      outputs: { last: 'c', total: '3', 'd-0': 'a', 'd-1': 'b', 'd-2': 'c' },
    });
    expect(annotationsOf(jobNamed(run, 'legs (b)')).map(({ message }) => message)).toEqual([
      "Skip output 'hidden' since it may contain secret.",
    ]);
  });

  test('a leg that fails ends the others, unless fail-fast is false or the leg may fail', async () => {
    const steps = `- run: |
    if [ '\${{ matrix.x }}' = bad ]; then exit 1; fi
    exec sleep \${{ matrix.x }}`;
    const run = await smallRun(
      workflow(
        job('fast', 'strategy: { matrix: { x: [bad, 20] } }', steps),
        job('slow', 'strategy: { matrix: { x: [bad, 0] }, fail-fast: false }', steps),
        job('may', "strategy: { matrix: { x: [bad, 0] } }\ncontinue-on-error: ${{ matrix.x == 'bad' }}", steps),
        job('after', 'needs: may'),
      ),
      { parallel: 6 },
    );
    expect(run.jobs.map(({ id, conclusion, result, jobs }) => [id, conclusion, result, ...jobs.map((leg) => leg.conclusion)])).toEqual([
      ['fast', 'failure', 'failure', 'failure', 'cancelled'],
      ['slow', 'failure', 'failure', 'failure', 'success'],
      ['may', 'failure', 'success', 'failure', 'success'],
      ['after', 'success', 'success'],
    ]);
  });

  test('names of legs show their values, unless the name itself has an expression', async () => {
    const run = await smallRun(
      workflow(
        job('a', 'strategy: { matrix: { x: [1], include: [{ y: two }] } }'),
        job('b', 'name: B ${{ matrix.x }}\nstrategy: { matrix: { x: [1] } }'),
      ),
    );
    expect(run.jobs.flatMap(({ jobs }) => jobs.map(({ name }) => name))).toEqual(['a (1, two)', 'B 1']);
  });

  test('a matrix that comes out empty fails the job, and one that is not reached does not', async () => {
    const run = await smallRun(
      workflow(
        job('a', 'strategy: { matrix: { x: "${{ fromJSON(\'[]\') }}" } }'),
        job('b', 'if: false\nstrategy: { matrix: "${{ fromJSON(\'\') }}" }'),
      ),
    );
    expect(conclusionsOf(run)).toEqual({ a: 'failure', b: 'skipped' });
    expect(annotationsOf(jobNamed(run, 'a'))[0]?.message).toBe("Matrix vector 'x' does not contain any values");
  });

  test('as many run at a time as there are runners', async () => {
    const run = await smallRun(workflow(...['a', 'b', 'c'].map((id) => job(id, '', '- run: sleep 0.4'))), { parallel: 2 });
    const starts = run.jobs.map(({ startedAt }) => startedAt).toSorted((a, b) => a - b);
    const ends = run.jobs.map(({ endedAt }) => endedAt).toSorted((a, b) => a - b);
    expect(Number(starts[2])).toBeGreaterThanOrEqual(Number(ends[0]));
    expect(Number(starts[1])).toBeLessThan(Number(ends[0]));
  });

  test('a job whose time is up is cancelled, and its always() steps run', async () => {
    const run = await smallRun(
      workflow(job('long', 'timeout-minutes: 0.01', '- run: exec sleep 30\n- run: echo clean\n  if: always()\n- run: echo no')),
    );
    const [long] = run.jobs;
    expect(long?.conclusion).toBe('cancelled');
    expect(long?.steps.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'success', 'skipped']);
    expect(annotationsOf(jobNamed(run, 'long'))[0]?.message).toMatch(/exceeded the maximum execution time of 0.01 minutes/);
  });

  test('who cancels a run stops what runs; always() and cancelled() still run', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1200);
    const run = await smallRun(
      workflow(
        job('a', '', '- run: exec sleep 30'),
        job('b', 'needs: a'),
        job('c', 'needs: a\nif: always()', "- run: echo '${{ needs.a.result }}'"),
        job('d', 'needs: a\nif: cancelled()'),
      ),
      { signal: controller.signal },
    );
    expect(conclusionsOf(run)).toMatchObject({ a: 'cancelled', b: 'cancelled' });
    expect(jobNamed(run, 'c').steps[0]?.lines).toEqual(['cancelled']);
    expect(jobNamed(run, 'd').steps).toHaveLength(1);
    expect(run.conclusion).toBe('cancelled');
  });
});

describe('runs', () => {
  test('failed jobs run again with those behind them; the others keep their outputs and their attempt', async () => {
    const text = workflow(
      job('plan', 'outputs: { at: "${{ github.run_attempt }}" }'),
      job('off', 'if: false'),
      job(
        'build',
        `needs: plan
strategy: { matrix: { x: [a, b] }, fail-fast: false }
outputs: { a: "\${{ matrix.x == 'a' && github.run_attempt || '' }}" }`,
        '- run: test "${{ matrix.x }}" = a -o "${{ vars.MENDED }}" = yes',
      ),
      job(
        'gate',
        'needs: [plan, build]\nif: always()',
        '- run: echo "${{ needs.plan.outputs.at }} ${{ needs.build.outputs.a }} ${{ needs.build.result }} ${{ github.run_attempt }}"',
      ),
      '  early:\n    uses: ./.github/workflows/called.yml\n',
      '  late:\n    needs: build\n    if: always()\n    uses: ./.github/workflows/called.yml\n',
    );
    const called = workflow(job('good', ''), job('bad', '', '- run: test "${{ vars.MENDED }}" = yes')).replace(
      'on: push',
      'on: workflow_call',
    );
    await using repository = await sampleRepository({ '.github/workflows/test.yml': text, '.github/workflows/called.yml': called });
    await using repositories = new Repositories({ [smallRepository]: repository.bare });
    const event = await pushEvent({ repository: smallRepository, bare: repository.bare }, 'refs/heads/main');
    const first = await runWorkflow({ repository: smallRepository, repositories, workflow: '.github/workflows/test.yml', event });
    expect(first).toMatchObject({ conclusion: 'failure', attempt: 1 });
    expect(jobNamed(first, 'gate').steps[0]?.lines).toEqual(['1 1 failure 1']);
    const second = await rerunFailed(first, { vars: { MENDED: 'yes' } });
    expect(second).toMatchObject({ conclusion: 'success', attempt: 2, runId: first.runId });
    expect(jobNamed(second, 'gate').steps[0]?.lines).toEqual(['1 1 success 2']);
    expect(runnerJobs(second.jobs).map(({ name, attempt, conclusion }) => [name, attempt, conclusion])).toEqual([
      ['plan', 1, 'success'],
      ['off', 1, 'skipped'],
      ['build (a)', 1, 'success'],
      ['build (b)', 2, 'success'],
      ['gate', 2, 'success'],
      ['early / good', 1, 'success'],
      ['early / bad', 2, 'success'],
      // What it follows ran again, so all of it does.
      ['late / good', 2, 'success'],
      ['late / bad', 2, 'success'],
    ]);
    await expect(rerunFailed({ ...second })).rejects.toThrow(/only what runWorkflow returned/);
  });

  test('a newer run of a group with cancel-in-progress cancels the older', async () => {
    const groups = new ConcurrencyGroups();
    const text = `concurrency: { group: "g-\${{ github.ref }}", cancel-in-progress: true }\n${workflow(job('a', '', '- run: exec sleep 20'))}`;
    const older = smallRun(text, { groups });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const newer = await smallRun(text.replace('exec sleep 20', 'true'), { groups });
    expect([(await older).conclusion, newer.conclusion]).toEqual(['cancelled', 'success']);
    expect(newer.concurrency).toBe('g-refs/heads/main');
  });

  test.each([
    ['an unknown need', workflow(job('a', 'needs: nobody'))],
    ['a circle', workflow(job('a', 'needs: b'), job('b', 'needs: a'))],
    ['an unknown key', workflow(job('a', 'tiemout-minutes: 3'))],
    ['an unknown context', workflow(job('a', '', '- run: echo ${{ secret.x }}'))],
    ['another event', workflow(job('a', '')).replace('on: push', 'on: pull_request')],
  ])('%s is refused before anything runs', async (_name, text) => {
    await expect(smallRun(text)).rejects.toThrow(InvalidWorkflow);
  });

  test('a label that no runner has is a mistake of the test', async () => {
    await expect(smallRun(workflow(job('a', '')).replace('ubuntu-24.04', 'raspberry'))).rejects.toThrow(
      /no runner has the label raspberry/,
    );
  });
});

describe('environments', () => {
  test('bring secrets and variables of their own, and refuse whom their rules refuse', async () => {
    const text = workflow(
      job(
        'sign',
        'environment: { name: release, url: "https://example.org/${{ steps.a.outputs.x }}" }',
        '- id: a\n  run: |\n    echo "x=${#KEY}" >> $GITHUB_OUTPUT\n    echo "${{ vars.WHERE }} ${{ secrets.KEY }}"\n  env: { KEY: \'${{ secrets.KEY }}\' }',
      ),
      job('other', 'environment: closed'),
    );
    const run = await smallRun(text, {
      secrets: { key: 'repository-key' },
      vars: { WHERE: 'there' },
      environments: {
        release: { secrets: { KEY: 'environment-key!' }, vars: { WHERE: 'here' } },
        closed: { protection: ({ ref }) => `${ref} is not allowed to deploy` },
      },
    });
    expect(conclusionsOf(run)).toEqual({ sign: 'success', other: 'failure' });
    expect(jobNamed(run, 'sign').runner).toMatchObject({ environment: 'release', environmentUrl: 'https://example.org/16' });
    expect(jobNamed(run, 'sign').steps[0]?.lines).toEqual(['here ***']);
    expect(annotationsOf(jobNamed(run, 'other'))[0]?.message).toBe('refs/heads/main is not allowed to deploy');
  });
});
