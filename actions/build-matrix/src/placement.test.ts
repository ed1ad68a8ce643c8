import { expect, test } from '@jest/globals';
import { placementOf } from './placement.ts';
import { testConfig, testPackage, testPackageConfig } from './test-package.ts';

test.each([
  // architecture, configuration, strategy, runner
  ['amd64', '', 'native', 'ubuntu-24.04'],
  ['i386', '', 'native', 'ubuntu-24.04'],
  ['i386', 'runners: { amd64: mine }', 'native', 'mine'],
  ['arm64', '', 'native', 'ubuntu-24.04-arm'],
  ['arm64', 'runners: { arm64: [self-hosted, raspberry-pi-5] }', 'native', ['self-hosted', 'raspberry-pi-5']],
  ['arm64', 'build: { strategy: cross }', 'cross', 'ubuntu-24.04'],
  ['arm64', 'build: { strategy: emulate }\nrunners: { amd64: mine, arm64: pi }', 'emulate', 'mine'],
  ['arm64', 'build: { strategy: cross, strategies: { arm64: native } }', 'native', 'ubuntu-24.04-arm'],
  ['amd64', 'build: { strategy: cross }', 'native', 'ubuntu-24.04'],
  ['amd64', 'build: { strategies: { amd64: cross } }\nrunners: { amd64: pi }', 'cross', 'pi'],
  ['riscv64', '', 'auto', 'ubuntu-24.04'],
  ['riscv64', 'runners: { riscv64: board }', 'native', 'board'],
])('%s with %j is %s on %j', async (architecture, text, strategy, runner) => {
  const setting = { config: await testConfig(text), privateRepository: false };
  expect(placementOf(testPackage('p1'), architecture, undefined, setting)).toMatchObject({ strategy, runner });
});

test('the wish of an include counts more than that of the package, and that more than that of the file', async () => {
  const setting = { config: await testConfig('build: { strategy: emulate, strategies: { armhf: native } }'), privateRepository: false };
  const own = testPackage('p1', ['any'], { config: testPackageConfig({ strategy: 'cross', strategies: { s390x: 'emulate' } }) });
  const include = { package: '*', distribution: '*', architecture: '*', strategy: undefined, runner: ['big'] };
  expect(placementOf(own, 'armhf', undefined, setting).strategy).toBe('cross');
  expect(placementOf(own, 's390x', undefined, setting)).toEqual({ strategy: 'emulate', runner: 'ubuntu-24.04', cost: 15 });
  expect(placementOf(own, 's390x', include, setting).runner).toBe('big');
  expect(placementOf(own, 's390x', { ...include, strategy: 'native' }, setting)).toEqual({ strategy: 'native', runner: 'big', cost: 1 });
  expect(placementOf(own, 's390x', { ...include, strategy: 'auto' }, setting)).toMatchObject({ strategy: 'auto', runner: 'big' });
});

test("a private repository has none of GitHub's arm runners", async () => {
  const setting = { config: await testConfig(), privateRepository: true };
  expect(placementOf(testPackage('p1'), 'arm64', undefined, setting)).toEqual({ strategy: 'auto', runner: 'ubuntu-24.04', cost: 1.1 });
  const native = { config: await testConfig('build:\n  strategy: native'), privateRepository: true };
  expect(() => placementOf(testPackage('p1'), 'arm64', undefined, native)).toThrowWithCode('E_ARCHITECTURE', /for public repositories/);
  expect(() => placementOf(testPackage('p1'), 's390x', undefined, native)).toThrowWithCode(
    'E_ARCHITECTURE',
    /no runner is known for s390x$/,
  );
});
