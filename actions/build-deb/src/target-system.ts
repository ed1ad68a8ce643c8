import type { Distribution } from '@release-kit/debian';

/** What the oldest system that packages have to work on can do. */
export interface TargetSystem {
  /** `debian:11` */
  readonly name: string;
  /** Version of the C library, `2.31`; undefined where it is not known. */
  readonly libc: string | undefined;
  /** Whether its dpkg reads packages compressed with Zstandard. */
  readonly readsZstd: boolean;
}

/**
 * glibc of the release's own archive (package libc6), which keeps its upstream version for life. dpkg reads Zstandard since
 * 1.21.18, so not on Debian 11; Ubuntu's reads it since 18.04.
 */
const systems: Readonly<Record<string, Omit<TargetSystem, 'name'>>> = {
  'debian:11': { libc: '2.31', readsZstd: false },
  'debian:12': { libc: '2.36', readsZstd: true },
  'debian:13': { libc: '2.41', readsZstd: true },
  'ubuntu:22.04': { libc: '2.35', readsZstd: true },
  'ubuntu:24.04': { libc: '2.39', readsZstd: true },
};

/** Unknown and newer ones read Zstandard; their libc is asked in the machine, or not checked. */
export function targetSystem(distribution: Distribution): TargetSystem {
  const known = Object.hasOwn(systems, distribution.name) ? systems[distribution.name] : undefined;
  return { name: distribution.name, ...(known ?? { libc: undefined, readsZstd: true }) };
}

/**
 * What DPKG_DEB_COMPRESSOR_TYPE has to be for the packages to be readable on the oldest target; undefined: dpkg's own choice will do.
 * Ubuntu's dpkg writes Zstandard unless it is told otherwise. Known to dpkg-deb since 1.21.10: on Ubuntu 22.04 it changes nothing,
 * and the check of the finished packages tells.
 */
export function compressorFor(distribution: Distribution, target: TargetSystem): 'xz' | undefined {
  return distribution.vendor === 'ubuntu' && !target.readsZstd ? 'xz' : undefined;
}
