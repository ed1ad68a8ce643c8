import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makePlan, planOutputs } from './plan.ts';
import type { SourcePackage } from './source-package.ts';
import { stagesOf } from './stage.ts';
import { testConfig, testPackage } from './test-package.ts';

const base = testPackage('base', ['all'], { binaries: ['base-data'] });
const lib = testPackage('lib', ['any'], { binaries: ['libx1', 'libx-dev'], buildDepends: ['base-data', 'debhelper-compat'] });
const app = testPackage('app', ['any'], { buildDepends: ['libx-dev'] });
const docs = testPackage('docs', ['all']);

const stages = (packages: readonly SourcePackage[]) =>
  Object.fromEntries([...stagesOf(packages).stageOf].map(([{ name }, stage]) => [name, stage]));

describe('the stage of a package', () => {
  test('is after those of all that it is built with', () => {
    expect(stages([app, docs, lib, base])).toEqual({ base: 1, docs: 1, lib: 2, app: 3 });
  });

  test('does not count what is not built in the same run', () => {
    expect(stages([app])).toEqual({ app: 1 });
  });

  test('in a circle is that of the archive for the first, which is said', () => {
    const a = testPackage('aa', ['any'], { buildDepends: ['bb', 'libx-dev'] });
    const b = testPackage('bb', ['any'], { buildDepends: ['aa'] });
    const { stageOf, skipped } = stagesOf([a, b, lib]);
    expect([lib, b, a].map((one) => stageOf.get(one))).toEqual([1, 3, 2]);
    expect(skipped).toEqual(['that aa is built after bb: they need each other, so its build takes what the archive has']);
  });

  test('is later than that of each need, whatever packages there are, and the same in any order', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const needs = fc.tuple(...names.map(() => fc.subarray(names)));
    fc.assert(
      fc.property(needs, fc.shuffledSubarray(names, { minLength: 5 }), (lists, order) => {
        const packages = names.map((name, index) => testPackage(name, ['any'], { buildDepends: lists[index] ?? [] }));
        const { stageOf, neededBy } = stagesOf(packages);
        expect(stageOf.size).toBe(5);
        for (const [one, others] of neededBy) for (const other of others) expect(stageOf.get(other)).toBeLessThan(stageOf.get(one) ?? 0);
        const mixed = order.flatMap((name) => packages.filter((one) => one.name === name));
        expect(stages(mixed)).toEqual(stages(packages));
      }),
    );
  });
});

describe('the jobs of a plan', () => {
  const planned = async (text: string) => {
    const choices = [app, docs, lib, base].map((one) => ({ package: one, built: true, reason: '' }));
    const rest = { distributions: undefined, architectures: undefined, privateRepository: false, maxParallel: undefined };
    return makePlan({ choices, config: await testConfig(text), ...rest }).jobs;
  };

  test('name the artifacts they need: of their architecture, of all, and for a cross build those of amd64', async () => {
    const jobs = await planned('architectures: [amd64, armhf]\ndistributions: [debian:12, debian:13]');
    const needs = Object.fromEntries(jobs.map((job) => [job.name, `${job.stage} ${job.needs}`]));
    expect(needs).toMatchObject({
      'base-debian-12-amd64': '1 ',
      'lib-debian-12-armhf': '2 base-debian-12-amd64',
      'app-debian-12-amd64': '3 {base-debian-12-amd64,lib-debian-12-amd64}',
      'app-debian-13-armhf': '3 {base-debian-13-amd64,lib-debian-13-amd64,lib-debian-13-armhf}',
    });
  });

  test('are in the matrix of their stage, and all in one', async () => {
    const jobs = await planned('');
    const { matrix, stages: text } = planOutputs(jobs);
    const lists: { include: { name: string }[] }[] = JSON.parse(text);
    expect(lists.map(({ include }) => include.map(({ name }) => name.split('-')[0]))).toEqual([['base', 'docs'], ['lib'], ['app']]);
    expect(JSON.parse(matrix)).toEqual({ include: jobs });
  });
});
