import type { Distribution } from '@release-kit/debian';

/** Where packages of `Architecture: all` are built: the result is the same everywhere. */
const homeOfAll = 'amd64';

/**
 * The wanted architectures that a source package can be built for, in the order wanted. One that only makes
 * `Architecture: all` packages is built once: on amd64, or on the first one wanted when amd64 is not.
 */
export function architecturesOf(words: readonly string[], wanted: readonly string[]): readonly string[] {
  if (words.every((word) => word === 'all')) return wanted.includes(homeOfAll) ? [homeOfAll] : wanted.slice(0, 1);
  return wanted.filter((architecture) => words.some((word) => covers(word, architecture)));
}

/** Architecture wildcards, Debian Policy 11.1; all architectures known here run Linux and are named by their processor. */
export function covers(word: string, architecture: string): boolean {
  if (word === architecture || word === 'any' || word === 'linux-any') return true;
  const cpu = architecture === 'armhf' ? 'arm' : architecture;
  return word === `any-${cpu}` || word === `linux-${architecture}` || word === `gnu-linux-${architecture}` || word === `gnu-any-any`;
}

/** Why the archive of a distribution has no such architecture; undefined when it has. */
export function missingFrom(distribution: Distribution, architecture: string): string | undefined {
  if (architecture === 'i386' && distribution.vendor === 'ubuntu') return 'Ubuntu has i386 only as a set of libraries';
  const early = ['debian:11', 'debian:12'].includes(distribution.name);
  if (architecture === 'riscv64' && early) return 'Debian has riscv64 from release 13 on';
  return undefined;
}
