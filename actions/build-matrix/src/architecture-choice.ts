import type { Distribution } from '@release-kit/debian';

/** Architecture wildcards, Debian Policy 11.1; all architectures known here run Linux and are named by their processor. */
export function covers(word: string, architecture: string): boolean {
  if (word === architecture || word === 'any' || word === 'linux-any') return true;
  const cpu = architecture === 'armhf' ? 'arm' : architecture;
  return word === `any-${cpu}` || word === `linux-${architecture}` || word === `gnu-linux-${architecture}` || word === `gnu-any-any`;
}

/** Why the archive of a distribution has no such architecture; undefined when it has. */
export function missingFrom(distribution: Distribution, architecture: string): string | undefined {
  if (distribution.name.startsWith('raspios:') && !['arm64', 'armhf'].includes(architecture)) return 'Raspberry Pi OS has arm64 and armhf';
  if (architecture === 'i386' && distribution.vendor === 'ubuntu') return 'Ubuntu has i386 only as a set of libraries';
  const early = distribution.vendor === 'debian' && ['11', '12'].includes(distribution.release);
  if (architecture === 'riscv64' && early) return 'Debian has riscv64 from release 13 on';
  return undefined;
}
