import type { Architecture } from './architecture.ts';
import { emulatorCommand, isCross, pkgConfigFolders, programOf, type Toolchain } from './toolchain.ts';

/** Files that tell build systems of the toolchain; absolute. undefined for a native one, which they find by themselves. */
export interface ToolchainFiles {
  readonly cmake: string;
  readonly meson: string;
}

/** Variables of the environment by name, sorted. */
export type Variables = Readonly<Record<string, string>>;

/**
 * What the tools of each language read: make and autoconf (GNU make, "Implicit Variables"; autoconf, "Preset Output Variables"), Linux's
 * kbuild (CROSS_COMPILE), pkg-config(1), cmake-env-variables(7), Cargo ("Environment Variables"), the Rust crates cc and pkg-config,
 * and Go (`go help environment`). A native toolchain sets the same ones where they have a meaning, so that one script serves both.
 */
export function toolchainVariables(toolchain: Toolchain, files: ToolchainFiles | undefined): Variables {
  const all = {
    ...compilers(toolchain.target),
    ...go(toolchain.target),
    ...(isCross(toolchain) ? { ...crossing(toolchain), ...rust(toolchain) } : {}),
    ...(files === undefined ? {} : { CMAKE_TOOLCHAIN_FILE: files.cmake, MESON_CROSS_FILE: files.meson }),
  };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const binutils = {
  AR: 'ar',
  LD: 'ld',
  NM: 'nm',
  OBJCOPY: 'objcopy',
  OBJDUMP: 'objdump',
  RANLIB: 'ranlib',
  READELF: 'readelf',
  STRIP: 'strip',
};

function compilers(target: Architecture): Variables {
  const tools = Object.entries({ CC: 'gcc', CXX: 'g++', ...binutils });
  return { ...Object.fromEntries(tools.map(([name, tool]) => [name, programOf(target, tool)])), PKG_CONFIG: 'pkg-config' };
}

/** Without CGO_ENABLED Go leaves C out of a cross build without a word. */
function go({ go: { arch, arm } }: Architecture): Variables {
  return { GOOS: 'linux', GOARCH: arch, ...(arm === undefined ? {} : { GOARM: arm }), CGO_ENABLED: '1' };
}

/** What only a cross build needs: the way back to the host's own compiler for its helpers among the rest. */
function crossing({ target, emulator }: Toolchain): Variables {
  return {
    CROSS_COMPILE: `${target.gnu}-`,
    CC_FOR_BUILD: 'gcc',
    CXX_FOR_BUILD: 'g++',
    HOSTCC: 'gcc',
    HOSTCXX: 'g++',
    PKG_CONFIG_LIBDIR: pkgConfigFolders(target).join(':'),
    // Programs that are started without naming QEMU, by the kernel, find their libraries as well.
    ...(emulator?.sysroot === undefined ? {} : { QEMU_LD_PREFIX: emulator.sysroot }),
  };
}

function rust({ own, target, emulator }: Toolchain): Variables {
  const [snake, shout] = [target.rust.replaceAll('-', '_'), target.rust.replaceAll('-', '_').toUpperCase()];
  return {
    CARGO_BUILD_TARGET: target.rust,
    [`CARGO_TARGET_${shout}_LINKER`]: programOf(target, 'gcc'),
    ...(emulator === undefined ? {} : { [`CARGO_TARGET_${shout}_RUNNER`]: emulatorCommand(emulator).join(' ') }),
    [`CC_${snake}`]: programOf(target, 'gcc'),
    [`CXX_${snake}`]: programOf(target, 'g++'),
    [`AR_${snake}`]: programOf(target, 'ar'),
    // Build scripts and macros are compiled for the host, and would take CC otherwise.
    [`CC_${own.rust.replaceAll('-', '_')}`]: 'gcc',
    [`CXX_${own.rust.replaceAll('-', '_')}`]: 'g++',
    [`AR_${own.rust.replaceAll('-', '_')}`]: 'ar',
    PKG_CONFIG_ALLOW_CROSS: '1',
  };
}

/** The variables as a script for `. FILE`, for steps that are to have them when others are not. */
export function variablesScript(variables: Variables): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('');
}
