import { describe, expect, test } from '@jest/globals';
import { type TargetRequest, targetsOf } from './targets.ts';
import { testConfig, testPackage, testPackageConfig } from './test-package.ts';

const packages = [testPackage('server'), testPackage('data', ['all'])];
const lists = 'distributions: [debian:12, ubuntu:24.04]\narchitectures: [amd64, arm64]\n';

async function targets(matrix: string, given: Partial<TargetRequest> = {}) {
  const config = await testConfig(`${lists}matrix:\n${matrix}`);
  const found = targetsOf({ packages, distributions: undefined, architectures: undefined, config, ...given }).targets;
  return found.map(({ package: one, distribution, architecture }) => `${one.name} ${distribution} ${architecture}`);
}

describe('excludes', () => {
  test('leave out what matches every key', async () => {
    expect(await targets('  exclude:\n    - { package: "s*", architecture: arm64 }\n    - { distribution: "ubuntu:*" }\n')).toEqual([
      'server debian:12 amd64',
      'data debian:12 amd64',
      'data debian:12 arm64',
    ]);
  });

  test.each([
    ['{ package: servr }', 'no job is for the package "servr"; did you mean server?', 5, 18],
    ['{ architecture: riscv64 }', 'no job is for the architecture "riscv64"; there are amd64, arm64', 5, 23],
    ['{ distribution: "debian:13*" }', 'no job is for the distribution "debian:13*"; did you mean debian:12?', 5, 23],
    ['{ package: data, distribution: "fedora*" }', 'no job is for the distribution "fedora*"', 5, 38],
  ])('%s is about nothing, and told at its place', async (entry, message, line, column) => {
    await expect(targets(`  exclude:\n    - ${entry}\n`)).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining(`matrix.exclude[0] matches nothing: ${message}`),
      place: { line, column },
    });
  });

  test('about a combination that is nowhere are told as such', async () => {
    const own = [...packages, testPackage('old', ['any'], { config: testPackageConfig({ distributions: ['debian:11'] }) })];
    await expect(targets('  exclude: [{ package: data, distribution: debian:11 }]\n', { packages: own })).rejects.toMatchObject({
      message: 'matrix.exclude[0] matches nothing: no job is for all that it names',
      place: { line: 4, column: 13 },
    });
  });

  test('may be about what the inputs of this run leave out', async () => {
    expect(await targets('  exclude: [{ architecture: arm64 }]\n', { architectures: ['amd64'], distributions: ['debian:13'] })).toEqual([
      'server debian:13 amd64',
      'data debian:13 amd64',
    ]);
  });
});

describe('includes', () => {
  test('add what is not listed, also what was excluded', async () => {
    const matrix =
      '  exclude: [{ package: server }]\n  include:\n    - { package: server, distribution: debian:13, architecture: riscv64 }\n    - { package: server, distribution: debian:12, architecture: "arm*" }\n';
    expect((await targets(matrix)).filter((name) => name.startsWith('server'))).toEqual([
      'server debian:13 riscv64',
      'server debian:12 arm64',
    ]);
  });

  test('change what is planned, and add up', async () => {
    const config = await testConfig(
      `${lists}matrix: { include: [{ distribution: "ubuntu:*", runner: big }, { package: server, distribution: "*", strategy: cross }] }`,
    );
    const found = targetsOf({ packages, distributions: undefined, architectures: undefined, config }).targets;
    expect(found).toHaveLength(8);
    expect(found.map(({ include }) => [include?.runner, include?.strategy])).toEqual([
      [undefined, 'cross'],
      [undefined, 'cross'],
      [['big'], 'cross'],
      [['big'], 'cross'],
      [undefined, undefined],
      [undefined, undefined],
      [['big'], undefined],
      [['big'], undefined],
    ]);
  });

  test('do not add what the inputs of this run leave out', async () => {
    const matrix = '  include: [{ package: server, distribution: debian:13, architecture: riscv64 }]\n';
    expect(await targets(matrix, { distributions: ['debian:12'] })).not.toContain('server debian:13 riscv64');
  });

  test('about a package that is not there are a mistake', async () => {
    await expect(targets('  include: [{ package: serve, runner: x }]\n')).rejects.toThrowWithCode('E_CONFIG', /did you mean server/);
  });
});

test('a package may have its own distributions and architectures, which inputs override', async () => {
  const own = [testPackage('p1', ['any'], { config: testPackageConfig({ distributions: ['debian:13'], architectures: ['arm64'] }) })];
  expect(await targets('  fail-fast: false\n', { packages: own })).toEqual(['p1 debian:13 arm64']);
  expect(await targets('  fail-fast: false\n', { packages: own, architectures: ['amd64'] })).toEqual(['p1 debian:13 amd64']);
});
