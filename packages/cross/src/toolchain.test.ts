import { describe, expect, test } from '@jest/globals';
import { architectureOf, architectures } from './architecture.ts';
import { compilerPackages, type Toolchain } from './toolchain.ts';
import { cmakeToolchainFile, mesonCrossFile } from './toolchain-files.ts';
import { toolchainVariables, variablesScript } from './toolchain-variables.ts';

const own = architectureOf('amd64');
const emulator = { program: '/usr/bin/qemu-aarch64-static', sysroot: '/usr/aarch64-linux-gnu' };
const arm64: Toolchain = { own, target: architectureOf('arm64'), runsItself: false, emulator };
const files = { cmake: '/t/toolchain.cmake', meson: '/t/cross.ini' };

describe('variables', () => {
  test('for another architecture name its compilers, and those of the host for helpers', () => {
    expect(toolchainVariables(arm64, files)).toEqual({
      AR: 'aarch64-linux-gnu-ar',
      AR_aarch64_unknown_linux_gnu: 'aarch64-linux-gnu-ar',
      AR_x86_64_unknown_linux_gnu: 'ar',
      CARGO_BUILD_TARGET: 'aarch64-unknown-linux-gnu',
      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: 'aarch64-linux-gnu-gcc',
      CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER: '/usr/bin/qemu-aarch64-static -L /usr/aarch64-linux-gnu',
      CC: 'aarch64-linux-gnu-gcc',
      CC_FOR_BUILD: 'gcc',
      CC_aarch64_unknown_linux_gnu: 'aarch64-linux-gnu-gcc',
      CC_x86_64_unknown_linux_gnu: 'gcc',
      CGO_ENABLED: '1',
      CMAKE_TOOLCHAIN_FILE: '/t/toolchain.cmake',
      CROSS_COMPILE: 'aarch64-linux-gnu-',
      CXX: 'aarch64-linux-gnu-g++',
      CXX_FOR_BUILD: 'g++',
      CXX_aarch64_unknown_linux_gnu: 'aarch64-linux-gnu-g++',
      CXX_x86_64_unknown_linux_gnu: 'g++',
      GOARCH: 'arm64',
      GOOS: 'linux',
      HOSTCC: 'gcc',
      HOSTCXX: 'g++',
      LD: 'aarch64-linux-gnu-ld',
      MESON_CROSS_FILE: '/t/cross.ini',
      NM: 'aarch64-linux-gnu-nm',
      OBJCOPY: 'aarch64-linux-gnu-objcopy',
      OBJDUMP: 'aarch64-linux-gnu-objdump',
      PKG_CONFIG: 'pkg-config',
      PKG_CONFIG_ALLOW_CROSS: '1',
      PKG_CONFIG_LIBDIR:
        '/usr/local/lib/aarch64-linux-gnu/pkgconfig:/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/aarch64-linux-gnu/lib/pkgconfig:/usr/share/pkgconfig',
      QEMU_LD_PREFIX: '/usr/aarch64-linux-gnu',
      RANLIB: 'aarch64-linux-gnu-ranlib',
      READELF: 'aarch64-linux-gnu-readelf',
      STRIP: 'aarch64-linux-gnu-strip',
    });
  });

  test("for the host's own one change nothing but names: no target, no search path, no file", () => {
    const native = toolchainVariables({ own, target: own, runsItself: true, emulator: undefined }, undefined);
    expect(native).toMatchObject({ CC: 'x86_64-linux-gnu-gcc', GOARCH: 'amd64', CGO_ENABLED: '1' });
    for (const name of ['CROSS_COMPILE', 'PKG_CONFIG_LIBDIR', 'CARGO_BUILD_TARGET', 'CMAKE_TOOLCHAIN_FILE', 'QEMU_LD_PREFIX'])
      expect(native).not.toHaveProperty(name);
  });

  test('without QEMU nothing names it; with libraries in the host it is given no other root', () => {
    expect(JSON.stringify(toolchainVariables({ ...arm64, emulator: undefined }, files))).not.toMatch(/qemu/i);
    const multiarch = toolchainVariables({ ...arm64, emulator: { ...emulator, sysroot: undefined } }, files);
    expect(multiarch['CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER']).toBe('/usr/bin/qemu-aarch64-static');
    expect(multiarch).not.toHaveProperty('QEMU_LD_PREFIX');
  });

  test('of every architecture are names a shell takes, in order; armhf says its GOARM', () => {
    for (const target of architectures) {
      const names = Object.keys(toolchainVariables({ ...arm64, target }, files));
      expect(names.filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))).toEqual([]);
      expect(names).toEqual([...names].sort());
    }
    expect(toolchainVariables({ ...arm64, target: architectureOf('armhf') }, files)).toMatchObject({ GOARCH: 'arm', GOARM: '7' });
  });

  test('as a script keep every character', () => {
    expect(variablesScript({ A: "it's $x `y`", B: '' })).toBe("export A='it'\\''s $x `y`'\nexport B=''\n");
  });
});

describe('files', () => {
  test('for CMake', () => {
    expect(cmakeToolchainFile(arm64)).toBe(`# Written by release-kit setup-cross: compiles for arm64.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(ENV{PKG_CONFIG_LIBDIR} "/usr/local/lib/aarch64-linux-gnu/pkgconfig:/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/aarch64-linux-gnu/lib/pkgconfig:/usr/share/pkgconfig")
set(CMAKE_CROSSCOMPILING_EMULATOR "/usr/bin/qemu-aarch64-static;-L;/usr/aarch64-linux-gnu")
`);
  });

  test('for Meson', () => {
    expect(mesonCrossFile(arm64)).toBe(`# Written by release-kit setup-cross: compiles for arm64.
[binaries]
c = 'aarch64-linux-gnu-gcc'
cpp = 'aarch64-linux-gnu-g++'
ar = 'aarch64-linux-gnu-ar'
nm = 'aarch64-linux-gnu-nm'
objcopy = 'aarch64-linux-gnu-objcopy'
ranlib = 'aarch64-linux-gnu-ranlib'
readelf = 'aarch64-linux-gnu-readelf'
strip = 'aarch64-linux-gnu-strip'
pkg-config = 'pkg-config'
pkgconfig = 'pkg-config'
exe_wrapper = ['/usr/bin/qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu']

[properties]
needs_exe_wrapper = true
pkg_config_libdir = ['/usr/local/lib/aarch64-linux-gnu/pkgconfig', '/usr/lib/aarch64-linux-gnu/pkgconfig', '/usr/aarch64-linux-gnu/lib/pkgconfig', '/usr/share/pkgconfig']

[host_machine]
system = 'linux'
cpu_family = 'aarch64'
cpu = 'aarch64'
endian = 'little'
`);
  });

  test('i386 needs no wrapper on amd64, s390x is big-endian', () => {
    const i386 = { ...arm64, target: architectureOf('i386'), runsItself: true, emulator: undefined };
    expect(mesonCrossFile(i386)).toContain('needs_exe_wrapper = false');
    expect(mesonCrossFile({ ...arm64, target: architectureOf('s390x') })).toContain("endian = 'big'");
  });
});

test('packages of compilers are named as Debian names them', () => {
  const packagesOf = (target: string): readonly string[] =>
    compilerPackages({ own, target: architectureOf(target) }).map((need) => need.package);
  expect(packagesOf('arm64')).toEqual(['gcc-aarch64-linux-gnu', 'g++-aarch64-linux-gnu']);
  expect(packagesOf('amd64')).toEqual(['gcc', 'g++']);
  expect(compilerPackages({ own: architectureOf('arm64'), target: own })).toEqual([
    { program: 'x86_64-linux-gnu-gcc', package: 'gcc-x86-64-linux-gnu' },
    { program: 'x86_64-linux-gnu-g++', package: 'g++-x86-64-linux-gnu' },
  ]);
});
