import { describe, expect, test } from '@jest/globals';
import { checkShape, makePlan } from './plan.ts';
import type { SourcePackage } from './source-package.ts';
import { testConfig, testPackage } from './test-package.ts';

async function jobsOf(text: string, ...packages: readonly SourcePackage[]) {
  return makePlan({
    choices: packages.map((one) => ({ package: one, built: true, reason: '' })),
    ...{
      distributions: undefined,
      architectures: undefined,
      config: await testConfig(text),
      privateRepository: true,
      maxParallel: undefined,
    },
  }).jobs;
}

describe('what is built for several distributions is told apart', () => {
  test('its version says for which; what is built for one has its plain version', async () => {
    const jobs = await jobsOf(
      'distributions: [debian:12, ubuntu:22.04]\nmatrix: { exclude: [{ package: one, distribution: debian:12 }] }',
      testPackage('one'),
      testPackage('two'),
    );
    expect(jobs.map((job) => [job.name, job['version-suffix']])).toEqual([
      ['one-ubuntu-22.04-amd64', ''],
      ['two-debian-12-amd64', '+debian12'],
      ['two-ubuntu-22.04-amd64', '+ubuntu22.04'],
    ]);
  });
  test('the source package is made once for each distribution, where the packages for all architectures are', async () => {
    const both = 'distributions: [debian:12, debian:13]\narchitectures: [amd64, arm64]\nbuild: { strategies: { arm64: emulate } }';
    for (const words of [['any'], ['any', 'all'], ['all']]) {
      const jobs = await jobsOf(both, testPackage('one', words));
      const sources = jobs.filter(({ source }) => source);
      expect(sources.map(({ distribution }) => distribution)).toEqual(['debian:12', 'debian:13']);
      if (words.includes('all')) expect(sources.every((job) => job['build-all'])).toBe(true);
    }
  });
});

describe('a plan that a workflow has no place for', () => {
  const lib = testPackage('lib', ['any'], { binaries: ['lib-dev'] });
  const app = testPackage('app', ['any'], { buildDepends: ['lib-dev'] });
  test('is refused before anything is built, and what it has room for passes', async () => {
    const jobs = await jobsOf('architectures: [amd64, arm64]', lib, app);
    expect(() => checkShape(jobs, { maxJobs: 2, maxStages: 2 })).not.toThrow();
    expect(() => checkShape(jobs, { maxJobs: 256, maxStages: 1 })).toThrowWithCode('E_CONFIG', /in 2 stages; this workflow has 1/);
    expect(() => checkShape(jobs, { maxJobs: 1, maxStages: 2 })).toThrowWithCode(
      'E_CONFIG',
      /2 jobs in one stage; this workflow has room for 1/,
    );
    expect(() => checkShape([], { maxJobs: 1, maxStages: 1 })).not.toThrow();
  });
});

describe('what others are built with is tried together with them', () => {
  const lib = testPackage('lib', ['any'], { binaries: ['lib-dev'] });
  const app = testPackage('app', ['any'], { buildDepends: ['lib-dev'] });
  const tried = async (text: string, ...packages: readonly SourcePackage[]) =>
    (await jobsOf(text, ...packages)).filter(({ smoke }) => smoke).map(({ name }) => name);

  test('a package that nobody needs is tried by itself', async () => {
    expect(await tried('', lib, app, testPackage('doc'))).toEqual(['app-debian-12-amd64', 'doc-debian-12-amd64']);
  });
  test('one that serves a cross build as a tool is still tried on its own architecture', async () => {
    const text = 'architectures: [amd64, arm64]\nmatrix: { exclude: [{ package: app, architecture: amd64 }] }';
    expect(await tried(text, lib, app)).toEqual(['app-debian-12-arm64', 'lib-debian-12-amd64']);
  });
});
