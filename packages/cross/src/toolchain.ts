import type { Architecture } from './architecture.ts';

/** How programs of the target run on this host, where they do not by themselves. */
export interface Emulator {
  /** Absolute; QEMU's user mode. */
  readonly program: string;
  /** Where it looks for the target's loader and libraries; undefined when they are in the host's own folders (multiarch). */
  readonly sysroot: string | undefined;
}

/** What compiles for an architecture on this host: the programs of Debian's and Ubuntu's (cross) compilers. */
export interface Toolchain {
  readonly own: Architecture;
  readonly target: Architecture;
  /** Whether the processor runs programs of the target, as amd64 does i386's. */
  readonly runsItself: boolean;
  /** undefined: programs of the target run by themselves, or not at all. */
  readonly emulator: Emulator | undefined;
}

/** Whether the target is another architecture than the host's, even when the host runs its programs by itself, as amd64 does i386's. */
export const isCross = ({ own, target }: Pick<Toolchain, 'own' | 'target'>): boolean => own.name !== target.name;

/** A program of the toolchain by its plain name: `gcc` -> `aarch64-linux-gnu-gcc`. Debian's native compilers have the long names as well. */
export const programOf = (target: Architecture, tool: string): string => `${target.gnu}-${tool}`;

/** Debian's packages of the compilers: `gcc-aarch64-linux-gnu`; an underscore may not stand in a package's name. */
export function compilerPackages({
  own,
  target,
}: Pick<Toolchain, 'own' | 'target'>): readonly { readonly program: string; readonly package: string }[] {
  return ['gcc', 'g++'].map((tool) => ({
    program: programOf(target, tool),
    package: own.name === target.name ? tool : `${tool}-${target.gnu.replaceAll('_', '-')}`,
  }));
}

/** Where the cross compiler's own C library lies, which `libc6-dev-ARCH-cross` brings. */
export const crossRoot = (target: Architecture): string => `/usr/${target.gnu}`;

/** Where pkg-config finds the target's libraries and nothing of the host's; in the order of Debian's cross wrapper. */
export function pkgConfigFolders(target: Architecture): readonly string[] {
  return [
    `/usr/local/lib/${target.multiarch}/pkgconfig`,
    `/usr/lib/${target.multiarch}/pkgconfig`,
    `${crossRoot(target)}/lib/pkgconfig`,
    '/usr/share/pkgconfig',
  ];
}

/** QEMU with its options, as a command that takes a program and its arguments. */
export const emulatorCommand = ({ program, sysroot }: Emulator): readonly string[] =>
  sysroot === undefined ? [program] : [program, '-L', sysroot];
