import { expect, test } from '@jest/globals';
import { architectureOf } from '@release-kit/cross';
import { emulationNeed, libraryPackages, missingNeeds, toolchainNeeds } from './needs.ts';

const [amd64, arm64] = [architectureOf('amd64'), architectureOf('arm64')];

test('a cross toolchain has compilers for both sides, a native one for its own', () => {
  expect(toolchainNeeds(amd64, arm64).map((need) => need.package)).toEqual([
    'gcc-aarch64-linux-gnu',
    'g++-aarch64-linux-gnu',
    'gcc',
    'g++',
    'pkg-config',
  ]);
  expect(toolchainNeeds(amd64, amd64).map((need) => need.program)).toEqual(['x86_64-linux-gnu-gcc', 'x86_64-linux-gnu-g++', 'pkg-config']);
});

test('QEMU is named by its own name of the architecture', () => {
  expect(emulationNeed(architectureOf('ppc64el'))).toMatchObject({ program: 'qemu-ppc64le-static', package: 'qemu-user-static' });
});

test('libraries are of the target, with the C library that a program of it runs by; a native host has that', () => {
  expect(libraryPackages(['zlib1g-dev', 'libssl-dev', 'libssl-dev'], amd64, arm64, false)).toEqual([
    'libc6:arm64',
    'libssl-dev:arm64',
    'libstdc++6:arm64',
    'zlib1g-dev:arm64',
  ]);
  expect(libraryPackages(['libssl-dev'], amd64, amd64, true)).toEqual(['libssl-dev']);
  expect(libraryPackages([], amd64, arm64, false)).toEqual([]);
});

test('what runs without QEMU needs the C library of the host, without another architecture in apt where that can be', () => {
  const [i386, armhf] = [architectureOf('i386'), architectureOf('armhf')];
  expect(libraryPackages([], amd64, i386, true)).toEqual(['lib32stdc++6', 'libc6-i386']);
  expect(libraryPackages(['zlib1g-dev'], amd64, i386, true)).toEqual(['libc6:i386', 'libstdc++6:i386', 'zlib1g-dev:i386']);
  expect(libraryPackages([], arm64, armhf, true)).toEqual(['libc6:armhf', 'libstdc++6:armhf']);
  expect(libraryPackages([], amd64, amd64, true)).toEqual([]);
});

test('what is on the PATH is not missing', async () => {
  const need = (program: string) => ({ program, package: program, why: 'for this test' });
  expect(await missingNeeds({ env: () => '/bin' }, [need('sh'), need('no-such-program')])).toEqual([need('no-such-program')]);
});
