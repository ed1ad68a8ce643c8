// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows hold expressions.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ResultsService, startResultsService } from '../support/results/index.ts';
import {
  jobNamed,
  pushEvent,
  Repositories,
  rerunFailed,
  runWorkflow,
  sampleRepository,
  type WorkflowRun,
} from '../support/workflows/index.ts';
import { smallRepository, smallRun } from '../support/workflows/small-run.ts';

let results: ResultsService;
beforeAll(async () => {
  results = await startResultsService();
}, 120_000);
afterAll(async () => results[Symbol.asyncDispose]());

const job = (id: string, needs: string, steps: string): string =>
  `  ${id}:\n    runs-on: ubuntu-24.04\n    needs: ${needs}\n    steps:\n      ${steps.trim().replaceAll('\n', '\n      ')}\n`;
const run = (...jobs: readonly string[]): Promise<WorkflowRun> =>
  smallRun(`on: push\npermissions: {}\njobs:\n${jobs.join('')}`, { services: { results } });

describe('artifacts', () => {
  test('go from job to job over the official client, by name, pattern and id, and a name is had once', async () => {
    const done = await run(
      job(
        'make',
        '[]',
        `
- run: mkdir -p out/deep && echo 1 > out/one && echo 2 > out/deep/two && echo 3 > out/.hidden
- id: up
  uses: actions/upload-artifact@v7
  with: { name: a-all, path: out, retention-days: 3 }
- uses: actions/upload-artifact@v7
  with: { name: a-two, path: out/deep/two }
- id: again
  uses: actions/upload-artifact@v7
  with: { name: a-two, path: out/one }
  continue-on-error: true
- uses: actions/upload-artifact@v7
  with: { name: a-two, path: out/one, overwrite: true }
- uses: actions/upload-artifact@v7
  with: { name: nothing, path: none, if-no-files-found: error }
  continue-on-error: true
- run: test '\${{ steps.again.outcome }}' = failure && echo "\${{ steps.up.outputs.artifact-url }} \${#D}"
  env: { D: "\${{ steps.up.outputs.artifact-digest }}" }
`,
      ).replace('    steps:', '    outputs: { id: "${{ steps.up.outputs.artifact-id }}" }\n    steps:'),
      job(
        'take',
        'make',
        `
- uses: actions/download-artifact@v8
  with: { name: a-all, path: named }
- uses: actions/download-artifact@v8
  with: { pattern: a-*, path: each }
- uses: actions/download-artifact@v8
  with: { artifact-ids: "\${{ needs.make.outputs.id }}", path: by-id }
- uses: actions/download-artifact@v8
  with: { name: nobody }
  continue-on-error: true
- run: find . -type f | sort
`,
      ),
    );
    expect(jobNamed(done, 'make').steps.map(({ outcome }) => outcome)).toEqual([
      'success',
      'success',
      'success',
      'failure',
      'success',
      'failure',
      'success',
    ]);
    expect(jobNamed(done, 'make').steps[3]?.annotations[0]?.message).toMatch(/already exists/);
    expect(jobNamed(done, 'make').steps.at(-1)?.lines[0]).toMatch(
      /^https:\/\/github.com\/octo-org\/hello\/actions\/runs\/\d+\/artifacts\/\d+ 64$/,
    );
    expect(jobNamed(done, 'take').steps[3]?.annotations[0]?.message).toBe(
      'Unable to download artifact(s): Artifact not found for name: nobody',
    );
    expect(jobNamed(done, 'take').steps.at(-1)?.lines).toEqual([
      './by-id/deep/two',
      './by-id/one',
      './each/a-all/deep/two',
      './each/a-all/one',
      './each/a-two/one',
      './named/deep/two',
      './named/one',
    ]);
  }, 240_000);

  test('are there in a later attempt; one whose digest differs is refused', async () => {
    const text = `on: push\npermissions: {}\njobs:\n${job(
      'make',
      '[]',
      '- run: echo 1 > one\n- uses: actions/upload-artifact@v7\n  with: { name: forged, path: one }\n- run: echo 2 > two\n- uses: actions/upload-artifact@v7\n  with: { name: good, path: two }',
    )}${job('take', 'make', '- run: test "${{ github.run_attempt }}" = 2\n- uses: actions/download-artifact@v8\n  with: { name: good }\n- uses: actions/download-artifact@v8\n  with: { name: forged }')}`;
    await using repository = await sampleRepository({ '.github/workflows/test.yml': text });
    await using repositories = new Repositories({ [smallRepository]: repository.bare });
    const event = await pushEvent({ repository: smallRepository, bare: repository.bare }, 'refs/heads/main');
    const request = { repository: smallRepository, repositories, workflow: '.github/workflows/test.yml', event, services: { results } };
    const first = await runWorkflow(request);
    // Still an archive that can be read, but not the one that was uploaded.
    await results.damage('forged', (bytes) => Buffer.concat([bytes, Buffer.from([0])]));
    const second = await rerunFailed(first);
    expect(jobNamed(second, 'make').attempt).toBe(1);
    expect(jobNamed(second, 'take').steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'failure']);
    expect(jobNamed(second, 'take').steps[2]?.annotations[0]?.message).toMatch(/'forged' digest mismatch/);
  }, 240_000);

  test('of another run are not seen', async () => {
    const done = await run(job('take', '[]', '- uses: actions/download-artifact@v8\n  with: { path: all }\n- run: test ! -e all/a-all'));
    expect(done.conclusion).toBe('success');
  }, 240_000);
});
