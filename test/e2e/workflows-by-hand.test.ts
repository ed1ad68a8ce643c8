import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Caller } from '../support/callers/caller.ts';
import { tinyCaller } from '../support/callers/changes.ts';
import { forgeForAll } from '../support/callers/forge.ts';
import type { World } from '../support/callers/world.ts';
import { dispatchEvent } from '../support/workflows/event.ts';
import { annotationsOf, jobNamed, runnerJobs, type WorkflowRun } from '../support/workflows/outcome.ts';

/** Milliseconds; a cold cache takes most of it. */
const long = 1_200_000;

const forge = forgeForAll();
let caller: Caller;
let world: World;

/** Somebody started the workflow on the page of GitHub. */
async function startedByHand(workflow: string, ref: string): Promise<WorkflowRun> {
  return world.run(workflow, await dispatchEvent({ repository: caller.name, bare: caller.bare }, ref));
}

beforeAll(async () => {
  caller = await tinyCaller(forge.place(), { 'build.yml': 'build.yml', 'release.yml': 'release.yml' });
  await caller.tag('v1.0.0');
  world = await forge.world(caller);
}, long);

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

describe('a workflow that is started by hand', () => {
  test(
    'on a branch builds and tries the packages of that branch, and keeps them as one artifact',
    async () => {
      await caller.git(['switch', '--quiet', '--create', 'trial']);
      await caller.commit('chore: version 1.1.0', await caller.edited('debian/changelog', /\(1\.0\.0\)/, '(1.1.0)'));
      const run = await startedByHand('build.yml', 'refs/heads/trial');
      const failed = runnerJobs(run.jobs).filter(({ conclusion }) => conclusion === 'failure');
      const said = failed.flatMap((job) => [job.name, ...annotationsOf(job).map(({ message }) => message)]);
      expect({ event: run.event, conclusion: run.conclusion, said }).toEqual({
        event: 'workflow_dispatch',
        conclusion: 'success',
        said: [],
      });
      const { outputs } = jobNamed(run, 'packages / join');
      expect(outputs['result']).toBe('Built, linted and tried: tiny 1.1.0 for debian:12 amd64.');
      expect(world.results.artifacts.map(({ name }) => name)).toContain('release-kit-packages');
    },
    long,
  );

  test(
    'on a tag is a release of that tag: it is looked at, and ends before anything is built where there is no key',
    async () => {
      const run = await startedByHand('release.yml', 'refs/tags/v1.0.0');
      expect(run.conclusion).toBe('failure');
      expect(jobNamed(run, 'release / preflight')).toMatchObject({ conclusion: 'success', outputs: { version: '1.0.0' } });
      expect(jobNamed(run, 'release / gate').outputs['result']).toMatch(/^key failed/);
      expect(world.github.releases).toEqual([]);
    },
    long,
  );
});
