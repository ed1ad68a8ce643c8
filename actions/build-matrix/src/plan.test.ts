import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '@release-kit/config';
import fc from 'fast-check';
import { architecturesOf, covers } from './architecture-choice.ts';
import { makePlan, matrixJson, maxJobs } from './plan.ts';
import { planLines } from './plan-table.ts';

const config = await loadConfig(undefined);
const pack = (name: string, ...architectures: string[]) => ({ name, path: name, architectures });

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

  test.each([
    [['all'], ['arm64', 'amd64'], ['amd64']],
    [['all'], ['arm64', 'armhf'], ['arm64']],
    [
      ['all', 'any'],
      ['arm64', 'amd64'],
      ['arm64', 'amd64'],
    ],
    [['amd64', 'arm64'], ['armhf', 'arm64'], ['arm64']],
    [['hurd-any'], ['amd64'], []],
  ])('%j of %j are %j', (words, wanted, expected) => {
    expect(architecturesOf(words, wanted)).toEqual(expected);
  });
});

describe('a plan', () => {
  const request = (count: number) => ({
    packages: Array.from({ length: count }, (_, index) => pack(`p${index}`, 'any')),
    distributions: ['debian:12', 'debian:13'],
    architectures: ['amd64', 'arm64'],
    config,
  });

  test('has at most 256 jobs', () => {
    expect(makePlan(request(64)).jobs).toHaveLength(maxJobs);
    expect(() => makePlan(request(65))).toThrowWithCode('E_CONFIG', /260 jobs; GitHub starts at most 256/);
  });

  test('that fits no output is refused', () => {
    const { jobs } = makePlan(request(1));
    const long = jobs.map((job) => ({ ...job, path: 'x'.repeat(130_000) }));
    expect(() => matrixJson(long)).toThrowWithCode('E_CONFIG', /characters/);
  });

  test('that is empty is refused with the reason', () => {
    const packages = [pack('hello', 'armhf')];
    expect(() => makePlan({ ...request(0), packages })).toThrowWithCode(
      'E_ARCHITECTURE',
      /nothing is left to build: hello: its packages are for armhf, not for amd64, arm64/,
    );
  });

  test('names every job once, as artifacts allow, and is the same every time', () => {
    const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
    fc.assert(
      fc.property(
        some(['a', 'b+c', 'd.e']),
        some(['debian:12', 'debian:sid', 'ubuntu:24.04']),
        some(['amd64', 'arm64', 'i386']),
        (sources, distributions, architectures) => {
          const packages = sources.map((name) => pack(name, 'any', 'all'));
          fc.pre(!(architectures.join() === 'i386' && distributions.join() === 'ubuntu:24.04'));
          const { jobs } = makePlan({ packages, distributions, architectures, config });
          expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length);
          for (const { name } of jobs) expect(name).not.toMatch(/[":<>|*?\r\n\\/]/);
          expect(makePlan({ packages, distributions, architectures, config }).jobs).toEqual(jobs);
        },
      ),
    );
  });

  test('is shown in columns, with hostile labels inert', () => {
    const [job] = makePlan(request(1)).jobs;
    const lines = planLines(job === undefined ? [] : [{ ...job, runner: ['a', '##[b]\u001b'] }]);
    expect(lines[1]).toBe('p0       p0    debian:12     amd64         native    a, #\\#[b]\\x1b');
  });
});
