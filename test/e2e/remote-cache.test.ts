/** @slow 100 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { startResultsService } from '../support/results/index.ts';
import { type StepResult, startJob } from '../support/runner/index.ts';
import { takesAll } from '../support/selection.ts';

const minute = 60_000;
const action = join(import.meta.dirname, '../../dist/setup-cross');
// Not below /tmp, which may be memory: up to six root file systems are made here.
const folder = mkdtempSync(join(process.env['RELEASE_KIT_TEST_FOLDER'] ?? '/var/tmp', 'release-kit-remote-cache-'));

/** Without programs of the other architecture nothing is tried there: two base systems instead of three. */
const inputs = takesAll ? undefined : { architecture: 'arm64', strategy: 'cross', emulation: 'false' };
const count = takesAll ? 3 : 2;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A host that has never seen a base system. Its folders have the names of the last one's, as on hosted runners: GitHub's cache asks for that. */
async function freshHost(env: Readonly<Record<string, string>>): Promise<StepResult> {
  const cache = join(folder, 'cache');
  rmSync(cache, { recursive: true, force: true });
  await using job = await startJob({ env: { ...env, RELEASE_KIT_CACHE: cache } });
  const step = await job.run(action, inputs);
  await job.finish();
  // The toolkit's client of the cache leaves its emptied folders, named by UUIDs, to the runner, which clears RUNNER_TEMP.
  expect((await job.leftBehind()).filter((entry) => !/^file .*\/[0-9a-f-]{36}$/.test(entry))).toEqual([]);
  const said = step.conclusion === 'success' ? '' : [...step.lines, ...step.annotations.map(({ message }) => message)].join('\n');
  expect({ conclusion: step.conclusion, said }).toEqual({ conclusion: 'success', said: '' });
  return step;
}

test(
  'setup-cross makes the base systems once; the next host has them from the remote cache',
  async () => {
    await using results = await startResultsService();
    const first = await freshHost(results.env);
    expect(first.outputs['base-origin']).toBe('archive');
    expect(results.caches).toHaveLength(count);
    const second = await freshHost(results.env);
    expect(second.outputs).toMatchObject({ 'base-origin': 'remote-cache', 'base-system': first.outputs['base-system'] });
    expect(results.caches).toHaveLength(count);
  },
  20 * minute,
);
