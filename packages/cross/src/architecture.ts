import { UserError } from '@release-kit/action/errors';

/** One architecture, by all the names that tools have for it. */
export interface Architecture {
  /** Debian's: `arm64`. `dpkg-architecture -qDEB_HOST_ARCH`. */
  readonly name: string;
  /** GNU type, the prefix of a cross toolchain's programs. `dpkg-architecture -qDEB_HOST_GNU_TYPE`; /usr/share/dpkg/cputable. */
  readonly gnu: string;
  /** Folder of libraries below /usr/lib. `dpkg-architecture -qDEB_HOST_MULTIARCH`; differs from `gnu` on i386 only. */
  readonly multiarch: string;
  /** `dpkg-architecture -qDEB_HOST_ARCH_BITS`. */
  readonly bits: 32 | 64;
  /** `dpkg-architecture -qDEB_HOST_ARCH_ENDIAN`. */
  readonly endian: 'little' | 'big';
  /** `uname -m` on such a machine, which CMake calls CMAKE_SYSTEM_PROCESSOR. */
  readonly machine: string;
  /** GOARCH and, where Debian's baseline needs one, GOARM. `go tool dist list`; Debian's armhf is ARMv7. */
  readonly go: { readonly arch: string; readonly arm?: string };
  /** Rust's target, as /usr/share/cargo/scripts and `rustc --print target-list` have it. */
  readonly rust: string;
  /** OCI platform: os/architecture[/variant]. opencontainers/image-spec, image-index.md. */
  readonly docker: string;
  /** The end of QEMU's name: `qemu-aarch64-static`. qemu-user(1). */
  readonly qemu: string;
  /** Meson's names in `[host_machine]`: "CPU families" of its reference tables, and the processor. */
  readonly meson: { readonly family: string; readonly cpu: string };
}

/** Every architecture that can be built for, in the order of the documentation. The only table of its kind. */
export const architectures: readonly Architecture[] = [
  {
    name: 'amd64',
    gnu: 'x86_64-linux-gnu',
    multiarch: 'x86_64-linux-gnu',
    bits: 64,
    endian: 'little',
    machine: 'x86_64',
    go: { arch: 'amd64' },
    rust: 'x86_64-unknown-linux-gnu',
    docker: 'linux/amd64',
    qemu: 'x86_64',
    meson: { family: 'x86_64', cpu: 'x86_64' },
  },
  {
    name: 'arm64',
    gnu: 'aarch64-linux-gnu',
    multiarch: 'aarch64-linux-gnu',
    bits: 64,
    endian: 'little',
    machine: 'aarch64',
    go: { arch: 'arm64' },
    rust: 'aarch64-unknown-linux-gnu',
    docker: 'linux/arm64',
    qemu: 'aarch64',
    meson: { family: 'aarch64', cpu: 'aarch64' },
  },
  {
    name: 'armhf',
    gnu: 'arm-linux-gnueabihf',
    multiarch: 'arm-linux-gnueabihf',
    bits: 32,
    endian: 'little',
    machine: 'armv7l',
    go: { arch: 'arm', arm: '7' },
    rust: 'armv7-unknown-linux-gnueabihf',
    docker: 'linux/arm/v7',
    qemu: 'arm',
    meson: { family: 'arm', cpu: 'armv7hlf' },
  },
  {
    name: 'i386',
    gnu: 'i686-linux-gnu',
    multiarch: 'i386-linux-gnu',
    bits: 32,
    endian: 'little',
    machine: 'i686',
    go: { arch: '386' },
    rust: 'i686-unknown-linux-gnu',
    docker: 'linux/386',
    qemu: 'i386',
    meson: { family: 'x86', cpu: 'i686' },
  },
  {
    name: 'ppc64el',
    gnu: 'powerpc64le-linux-gnu',
    multiarch: 'powerpc64le-linux-gnu',
    bits: 64,
    endian: 'little',
    machine: 'ppc64le',
    go: { arch: 'ppc64le' },
    rust: 'powerpc64le-unknown-linux-gnu',
    docker: 'linux/ppc64le',
    qemu: 'ppc64le',
    meson: { family: 'ppc64', cpu: 'ppc64le' },
  },
  {
    name: 'riscv64',
    gnu: 'riscv64-linux-gnu',
    multiarch: 'riscv64-linux-gnu',
    bits: 64,
    endian: 'little',
    machine: 'riscv64',
    go: { arch: 'riscv64' },
    rust: 'riscv64gc-unknown-linux-gnu',
    docker: 'linux/riscv64',
    qemu: 'riscv64',
    meson: { family: 'riscv64', cpu: 'riscv64' },
  },
  {
    name: 's390x',
    gnu: 's390x-linux-gnu',
    multiarch: 's390x-linux-gnu',
    bits: 64,
    endian: 'big',
    machine: 's390x',
    go: { arch: 's390x' },
    rust: 's390x-unknown-linux-gnu',
    docker: 'linux/s390x',
    qemu: 's390x',
    meson: { family: 's390x', cpu: 's390x' },
  },
];

/** By Debian's name. Throws E_ARCHITECTURE. */
export function architectureOf(name: string): Architecture {
  const found = architectures.find((architecture) => architecture.name === name);
  if (found !== undefined) return found;
  throw new UserError('E_ARCHITECTURE', `${JSON.stringify(name)} is not a known architecture`, {
    cure: `Known are ${architectures.map((architecture) => architecture.name).join(', ')}.`,
  });
}
