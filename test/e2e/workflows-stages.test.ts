/** @slow */
import { expect, test } from '@jest/globals';
import { twoPackagesCaller } from '../support/callers/examples.ts';
import { forgeForAll } from '../support/callers/forge.ts';
import { pushEvent } from '../support/workflows/event.ts';
import { jobNamed, runnerJobs } from '../support/workflows/outcome.ts';

/** Milliseconds; a cold cache takes most of it. */
const long = 1_200_000;

const forge = forgeForAll();

test(
  'a package that is built with another one of the repository comes after it, and both are tried together',
  async () => {
    const caller = await twoPackagesCaller(forge.place('two'), { 'build.yml': 'build.yml' });
    await using world = await forge.world(caller);
    const run = await world.run('build.yml', await pushEvent({ repository: caller.name, bare: caller.bare }, 'refs/heads/main'));
    const failed = runnerJobs(run.jobs).filter(({ conclusion }) => conclusion === 'failure');
    const said = failed.map(({ name, steps }) => [name, ...steps.flatMap((step) => (step.conclusion === 'failure' ? step.lines : []))]);
    expect({ conclusion: run.conclusion, said }).toEqual({ conclusion: 'success', said: [] });

    const outcomes = (job: string): Readonly<Record<string, string>> =>
      Object.fromEntries(jobNamed(run, job).steps.map(({ name, outcome }) => [name, outcome]));
    expect(outcomes('packages / build libgreeting-debian-12-amd64')).toMatchObject({
      Build: 'success',
      Lint: 'success',
      'Try out': 'skipped',
    });
    expect(outcomes('packages / build greeter-debian-12-amd64')).toMatchObject({
      'Packages of earlier jobs': 'success',
      Build: 'success',
      'Try out': 'success',
    });
    const { outputs } = jobNamed(run, 'packages / join');
    expect(outputs['result']).toBe('Built, linted and tried: libgreeting 1.0.0, greeter 1.0.0 for debian:12 amd64.');
    expect(outputs['packages']?.split('\n')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^greeter_/),
        expect.stringMatching(/^libgreeting1_/),
        expect.stringMatching(/^libgreeting-dev_/),
      ]),
    );
    expect(world.results.artifacts.map(({ name }) => name)).toContain('release-kit-packages');
  },
  long,
);
