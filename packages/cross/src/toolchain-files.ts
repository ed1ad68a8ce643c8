import { emulatorCommand, pkgConfigFolders, programOf, type Toolchain } from './toolchain.ts';

/** The file that CMAKE_TOOLCHAIN_FILE names; cmake-toolchains(7). Same toolchain, same bytes. */
export function cmakeToolchainFile({ target, emulator }: Toolchain): string {
  return [
    `# Written by release-kit setup-cross: compiles for ${target.name}.`,
    'set(CMAKE_SYSTEM_NAME Linux)',
    `set(CMAKE_SYSTEM_PROCESSOR ${target.machine})`,
    `set(CMAKE_C_COMPILER ${programOf(target, 'gcc')})`,
    `set(CMAKE_CXX_COMPILER ${programOf(target, 'g++')})`,
    // Debian's multiarch folders; debhelper leaves the search modes alone as well.
    `set(CMAKE_LIBRARY_ARCHITECTURE ${target.multiarch})`,
    `set(ENV{PKG_CONFIG_LIBDIR} "${pkgConfigFolders(target).join(':')}")`,
    ...(emulator === undefined ? [] : [`set(CMAKE_CROSSCOMPILING_EMULATOR "${emulatorCommand(emulator).join(';')}")`]),
    '',
  ].join('\n');
}

/** The file for `meson setup --cross-file`; Meson's manual, "Cross compilation" and "Machine files". Same toolchain, same bytes. */
export function mesonCrossFile({ target, runsItself, emulator }: Toolchain): string {
  const list = (words: readonly string[]): string => `[${words.map((word) => `'${word}'`).join(', ')}]`;
  return [
    `# Written by release-kit setup-cross: compiles for ${target.name}.`,
    '[binaries]',
    ...Object.entries(mesonPrograms).map(([name, tool]) => `${name} = '${programOf(target, tool)}'`),
    // The second name is that of Meson before 1.3.
    "pkg-config = 'pkg-config'",
    "pkgconfig = 'pkg-config'",
    ...(emulator === undefined ? [] : [`exe_wrapper = ${list(emulatorCommand(emulator))}`]),
    '',
    '[properties]',
    `needs_exe_wrapper = ${!runsItself}`,
    `pkg_config_libdir = ${list(pkgConfigFolders(target))}`,
    '',
    '[host_machine]',
    "system = 'linux'",
    `cpu_family = '${target.meson.family}'`,
    `cpu = '${target.meson.cpu}'`,
    `endian = '${target.endian}'`,
    '',
  ].join('\n');
}

const mesonPrograms = {
  c: 'gcc',
  cpp: 'g++',
  ar: 'ar',
  nm: 'nm',
  objcopy: 'objcopy',
  ranlib: 'ranlib',
  readelf: 'readelf',
  strip: 'strip',
};
