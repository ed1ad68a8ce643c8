import type { Paragraph } from '@release-kit/debian';

/** The binary packages of debian/control that a build for this architecture and these profiles must make. */
export function announcedPackages(
  binaries: readonly Paragraph[],
  architecture: string,
  profiles: readonly string[],
  onlyAny = false,
): readonly string[] {
  return binaries
    .filter((binary) => !(onlyAny && isForAll(binary)))
    .filter((binary) => matchesArchitecture(binary.get('Architecture') ?? '', architecture))
    .filter((binary) => matchesProfiles(binary.get('Build-Profiles') ?? '', profiles))
    .map((binary) => binary.get('Package') ?? '');
}

/** The same package for every architecture. */
export const isForAll = (binary: Paragraph): boolean => binary.get('Architecture')?.trim() === 'all';

/** One word of a list must fit: `all`, `any`, `linux-any`, `any-amd64`, `amd64` (Policy 11.1). */
export function matchesArchitecture(list: string, architecture: string): boolean {
  const fitting = new Set(['all', 'any', 'linux-any', `any-${architecture}`, `linux-${architecture}`, architecture]);
  return list.split(/\s+/).some((word) => fitting.has(word));
}

/** Groups in angle brackets, of which one must fit; inside a group each word must (deb-src-control(5)). No group: always. */
export function matchesProfiles(formula: string, profiles: readonly string[]): boolean {
  const groups = [...formula.matchAll(/<([^<>]*)>/g)].map((group) => (group[1] ?? '').trim().split(/\s+/));
  if (groups.length === 0) return true;
  return groups.some((group) =>
    group.every((word) => (word.startsWith('!') ? !profiles.includes(word.slice(1)) : profiles.includes(word))),
  );
}
