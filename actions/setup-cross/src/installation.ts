import type { Argv } from '@release-kit/action';
import type { HostNeed } from '@release-kit/machine';

/** Seconds that apt waits for another apt or dpkg; its own default is 0. */
const dpkgLockSeconds = 300;

/** One package to install on the host, with every reason for it. */
export interface PlannedPackage {
  readonly name: string;
  readonly why: string;
}

/** Which packages bring what is missing: each once, in order of their names. */
export function planInstallation(missing: readonly HostNeed[]): readonly PlannedPackage[] {
  const reasons = new Map<string, Set<string>>();
  for (const need of missing) reasons.set(need.package, (reasons.get(need.package) ?? new Set()).add(need.why));
  return [...reasons].map(([name, why]) => ({ name, why: [...why].join('; ') })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The one list that a person reads before anything is installed. */
export function installationText(plan: readonly PlannedPackage[]): string {
  return `Installing ${countOf(plan)}: ${plan.map(({ name, why }) => `${name} (${why})`).join(', ')}`;
}

/** What is missing, for someone who installs it himself. */
export function missingText(missing: readonly HostNeed[]): string {
  return missing.map((need) => `${need.program} (package ${need.package}: ${need.why})`).join(', ');
}

const countOf = (plan: readonly PlannedPackage[]): string => (plan.length === 1 ? '1 package' : `${plan.length} packages`);

export const updateArgv: Argv = ['apt-get', '--quiet', '-o', 'Acquire::Retries=3', 'update'];

/** Of every apt-get that changes packages. `--` keeps a name from being read as an option. */
const quietly = [
  '--quiet',
  '--yes',
  '-o',
  `DPkg::Lock::Timeout=${dpkgLockSeconds}`,
  '-o',
  'Dpkg::Use-Pty=0',
  '-o',
  'Acquire::Retries=3',
] as const;

/** Recommended packages are left out: each need is listed for itself. Nothing is removed for it. */
export const installArgv = (names: readonly string[]): Argv => [
  'apt-get',
  ...quietly,
  '--no-install-recommends',
  '--no-remove',
  'install',
  '--',
  ...names,
];

/**
 * With their configuration; these and nothing else. Not apt: it takes a foreign C library for one that the system cannot do without,
 * and may want to remove more than was named. For the same reason dpkg is told that the host can do without: name foreign ones only.
 */
export const removeArgv = (names: readonly string[]): Argv => ['dpkg', '--force-remove-protected', '--purge', '--', ...names];

/** No questions, and no restart of services of the host by needrestart (Ubuntu). */
export const aptEnvironment = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' } as const;

/** Whether apt failed because another apt holds a lock that DPkg::Lock::Timeout does not wait for: that of the lists. */
export function isLocked(lines: readonly string[]): boolean {
  return lines.some((line) => /Could not get lock \/var\/lib\/apt\/lists\/|Unable to lock directory \/var\/lib\/apt\/lists/.test(line));
}
