import { describe, expect, test } from '@jest/globals';
import { architectureNames, type Config } from '@release-kit/config';
import { distributionNames, parseDistribution } from '@release-kit/debian';
import fc from 'fast-check';
import { covers, missingFrom } from './architecture-choice.ts';
import type { Job } from './job.ts';
import { makePlan, maxJobs, type PlanRequest, planOutputs } from './plan.ts';
import type { SourcePackage } from './source-package.ts';
import { testConfig, testPackage, testPackageConfig } from './test-package.ts';

const config = await testConfig();
const planned = (packages: readonly SourcePackage[], given: Partial<PlanRequest> = {}) =>
  makePlan({
    choices: packages.map((one) => ({ package: one, built: true, reason: '' })),
    ...{ distributions: undefined, architectures: undefined, config, privateRepository: false, maxParallel: undefined, ...given },
  });
const names = ({ jobs }: { jobs: readonly Job[] }) => jobs.map(({ name }) => name);

describe('architectures of a package (Policy 11.1)', () => {
  test.each([
    ['any', 'amd64', true],
    ['linux-any', 'armhf', true],
    ['any-amd64', 'amd64', true],
    ['any-arm', 'armhf', true],
    ['any-arm64', 'armhf', false],
    ['linux-arm64', 'arm64', true],
    ['arm64', 'arm64', true],
    ['arm64', 'amd64', false],
    ['kfreebsd-any', 'amd64', false],
    ['hurd-i386', 'i386', false],
    ['all', 'amd64', false],
  ])('%s covers %s: %s', (word, architecture, expected) => {
    expect(covers(word, architecture)).toBe(expected);
  });
});

describe('packages of Architecture: all are built once for each distribution', () => {
  const home = (words: readonly string[], wanted: readonly string[], text = '') =>
    testConfig(text).then((its) =>
      planned([testPackage('p1', words)], { architectures: wanted, config: its }).jobs.map((job) => [job.architecture, job['build-all']]),
    );

  test('alone, on amd64', async () => {
    expect(await home(['all'], ['arm64', 'amd64'])).toEqual([['amd64', true]]);
  });
  test('or where amd64 is not wanted, or left out', async () => {
    expect(await home(['all'], ['armhf', 'arm64'])).toEqual([['arm64', true]]);
    expect(await home(['all'], ['arm64', 'amd64'], 'matrix: { exclude: [{ architecture: amd64 }] }')).toEqual([['arm64', true]]);
  });
  test('natively, whatever it is built for', async () => {
    const its = await testConfig('architectures: [arm64]\nbuild: { strategy: emulate }');
    const { jobs } = planned([testPackage('p1', ['all'])], { config: its });
    expect(jobs).toMatchObject([{ architecture: 'arm64', strategy: 'native', runner: 'ubuntu-24.04', cost: 1, 'build-all': true }]);
  });
  test('with others, by the cheapest job that makes them: a cross build does not', async () => {
    const cross = 'distributions: [debian:13]\nbuild: { strategies: { armhf: cross, s390x: emulate } }';
    expect(await home(['all', 'any'], ['s390x', 'riscv64', 'armhf', 'arm64'], cross)).toEqual([
      ['arm64', true],
      ['armhf', false],
      ['riscv64', false],
      ['s390x', false],
    ]);
    expect(await home(['all', 'any'], ['s390x', 'armhf'], cross)).toEqual([
      ['armhf', false],
      ['s390x', true],
    ]);
  });
  test('or by none, which is said', async () => {
    const its = await testConfig('architectures: [arm64]\nbuild: { strategy: cross }');
    const { jobs, skipped } = planned([testPackage('p1', ['any', 'all'])], { config: its });
    expect(jobs.map((job) => job['build-all'])).toEqual([false]);
    expect(skipped.join()).toMatch(/^the packages of p1 for debian:12 that are for all architectures: cross builds do not make them/);
  });
});

describe('limits of GitHub', () => {
  const both = { distributions: ['debian:12', 'debian:13'], architectures: ['amd64', 'arm64'] };
  const many = (count: number) => Array.from({ length: count }, (_, index) => testPackage(`p${index}`));

  test('a plan has at most 256 jobs', () => {
    expect(planned(many(64), both).jobs).toHaveLength(maxJobs);
    expect(() => planned(many(65), both)).toThrowWithCode('E_CONFIG', /260 jobs; GitHub starts at most 256/);
  });

  test('of which those that a pull request leaves out do not count', () => {
    const choices = many(65).map((one, index) => ({ package: one, built: index < 3, reason: '' }));
    expect(planned([], { ...both, choices }).jobs).toHaveLength(12);
  });

  test('one that fits no output is refused', () => {
    const { jobs } = planned(many(1), both);
    const long = jobs.map((job) => ({ ...job, path: 'x'.repeat(70_000) }));
    expect(() => planOutputs(long)).toThrowWithCode('E_CONFIG', /characters/);
  });
});

describe('an empty plan', () => {
  test('is a mistake when nothing that was asked for can be', () => {
    expect(() => planned([testPackage('hello', ['armhf'])], { architectures: ['amd64', 'arm64'] })).toThrowWithCode(
      'E_ARCHITECTURE',
      /nothing is left to build: hello for amd64: its packages are for armhf; hello for arm64/,
    );
  });
  test('is a plan when a pull request touched nothing, or everything is excluded', async () => {
    const choices = [{ package: testPackage('hello'), built: false, reason: '' }];
    expect(planOutputs(planned([], { choices }).jobs)).toEqual({ matrix: '{"include":[]}', stages: '[]' });
    const none = await testConfig('matrix: { exclude: [{ package: "*" }] }');
    expect(planned([testPackage('hello')], { config: none }).jobs).toEqual([]);
  });
});

test('two packages of one name are refused, and the configuration can tell them apart', () => {
  const twins = [testPackage('server'), testPackage('server', ['any'], { path: 'copy' })];
  expect(() => planned(twins)).toThrowWithCode('E_CONFIG', /^the source packages in server and copy are both called server$/);
  const named = [
    testPackage('server'),
    testPackage('server2', ['any'], { source: 'server', config: testPackageConfig({ name: 'server2' }) }),
  ];
  expect(names(planned(named))).toEqual(['server-debian-12-amd64', 'server2-debian-12-amd64']);
});

test('the costly jobs come first where few run at once', async () => {
  const its = await testConfig('architectures: [amd64, arm64, s390x]\nbuild: { strategies: { s390x: emulate } }');
  const order = (maxParallel: number | undefined) =>
    planned([testPackage('p1')], { config: its, maxParallel }).jobs.map((job) => job.architecture);
  expect(order(undefined)).toEqual(['amd64', 'arm64', 's390x']);
  expect(order(1)).toEqual(['s390x', 'amd64', 'arm64']);
});

describe('every plan', () => {
  const some = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: 1 });
  const word = fc.constantFrom('*', 'a', 'b+c', 'debian:*', 'ubuntu:24.04', 'amd64', 'arm*', 'riscv64', '*1?', 'd.e');
  const exclude = fc.record({ package: word, distribution: word, architecture: word });
  const strategy = fc.constantFrom('auto', 'cross', 'emulate' as const);
  const request = fc.record({
    sources: some(['a', 'b+c', 'd.e', 'f-debian-12']),
    words: fc.constantFrom(['any'], ['all'], ['any', 'all'], ['amd64', 'arm64', 'all']),
    distributions: some(distributionNames),
    architectures: some(architectureNames),
    exclude: fc.array(exclude, { maxLength: 2 }),
    strategy,
    maxParallel: fc.constantFrom(undefined, 3),
    privateRepository: fc.boolean(),
  });
  type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

  /** undefined when the request itself is a mistake: an exclude about nothing, or nothing possible. */
  function planOf({
    sources,
    words,
    exclude: excluded,
    strategy: wish,
    distributions,
    architectures,
    ...rest
  }: Request): readonly Job[] | undefined {
    const its: Config = {
      ...config,
      ...{ distributions, architectures },
      build: { strategy: wish, strategies: {} },
      matrix: { ...config.matrix, exclude: excluded },
    };
    try {
      return planned(
        sources.map((name) => testPackage(name, words)),
        { config: its, ...rest },
      ).jobs;
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^E_(CONFIG|ARCHITECTURE)$/) });
      return undefined;
    }
  }

  test('names each job once, as artifacts allow, and is JSON that arrives as it left', () => {
    fc.assert(
      fc.property(request, (given) => {
        const jobs = planOf(given) ?? [];
        expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length);
        for (const { name, artifact } of jobs) expect(`${name}${artifact}`).not.toMatch(/[":<>|*?\r\n\\/]/);
        expect(JSON.parse(planOutputs(jobs).matrix)).toEqual({ include: jobs });
      }),
    );
  });

  test('holds what is listed and not excluded, and nothing else; Architecture: all once', () => {
    fc.assert(
      fc.property(request, (given) => {
        const jobs = planOf(given);
        fc.pre(jobs !== undefined);
        const wanted = expected(given);
        const independent = given.words.join() === 'all';
        if (independent) for (const { name } of jobs) expect(wanted).toContain(name);
        else expect(new Set(jobs.map(({ name }) => name))).toEqual(new Set(wanted));
        const groups = Map.groupBy(jobs, (job) => `${job.package} ${job.distribution}`);
        for (const group of groups.values()) {
          const marked = group.filter((job) => job['build-all']);
          const able = independent || group.some(({ strategy: how }) => how === 'native' || how === 'emulate');
          expect(marked).toHaveLength(given.words.some((one) => one === 'all') && able ? 1 : 0);
          for (const { strategy: how } of marked) expect(['native', 'emulate']).toContain(how);
        }
        expect(groups.size).toBe(new Set(wanted.map((name) => name.replace(/-[^-]+$/, ''))).size);
      }),
    );
  });

  test('is the same in whatever order things are listed', () => {
    fc.assert(
      fc.property(request, fc.func(fc.integer()), (given, key) => {
        const mixed = <T>(values: readonly T[]) => [...values].sort((a, b) => key(String(a)) - key(String(b)));
        const jobs = planOf(given);
        expect(
          planOf({
            ...given,
            sources: mixed(given.sources),
            distributions: mixed(given.distributions),
            architectures: mixed(given.architectures),
          }),
        ).toEqual(jobs);
      }),
    );
  });

  /** Said once more, in the plainest way: the oracle of the plan. */
  function expected({ sources, words, distributions, architectures, exclude: excluded }: Request): readonly string[] {
    const like = (pattern: string, text: string) =>
      new RegExp(`^${pattern.replace(/[.+]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
    return sources.flatMap((source) =>
      distributions.flatMap((distribution) =>
        architectures
          .filter((architecture) => words.join() === 'all' || words.some((one) => covers(one, architecture)))
          .filter((architecture) => missingFrom(parseDistribution(distribution), architecture) === undefined)
          .filter(
            (architecture) =>
              !excluded.some(
                (choice) =>
                  like(choice.package, source) && like(choice.distribution, distribution) && like(choice.architecture, architecture),
              ),
          )
          .map((architecture) => `${source}-${distribution.replace(':', '-')}-${architecture}`),
      ),
    );
  }
});
