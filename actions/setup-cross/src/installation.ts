import { type Argv, UserError } from '@release-kit/action';
import type { HostNeed } from '@release-kit/machine';

/** Seconds that apt waits for another apt or dpkg; its own default is 0. */
const dpkgLockSeconds = 300;

/** One package to install on the host, with every reason for it. */
export interface PlannedPackage {
  readonly name: string;
  readonly why: string;
}

/** Releases whose archive has no package of Ubuntu's keys. */
const withoutUbuntuKeyring = ['debian:11', 'debian:12'];

/** What apt of this host can bring. E_HOST for Ubuntu's keys where no package has them; a mirror of one's own needs none. */
export function installable(missing: readonly HostNeed[], hostName: string, mirror: string | undefined): readonly HostNeed[] {
  if (!withoutUbuntuKeyring.includes(hostName)) return missing;
  const keyring = missing.find((need) => need.package === 'ubuntu-keyring');
  if (keyring === undefined) return missing;
  if (mirror !== undefined) return missing.filter((need) => need !== keyring);
  throw new UserError('E_HOST', `base systems of Ubuntu need the keys of its archive, and ${hostName} has no package with them`, {
    cure: `Copy ${keyring.program} from an Ubuntu system to the same place here, or run on Ubuntu.`,
  });
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

/** `--` keeps a name from being read as an option. Recommended packages are left out: each need is listed for itself. */
export function installArgv(plan: readonly PlannedPackage[]): Argv {
  return [
    'apt-get',
    '--quiet',
    '--yes',
    '--no-install-recommends',
    '--no-remove',
    '-o',
    `DPkg::Lock::Timeout=${dpkgLockSeconds}`,
    '-o',
    'Dpkg::Use-Pty=0',
    '-o',
    'Acquire::Retries=3',
    'install',
    '--',
    ...plan.map(({ name }) => name),
  ];
}

/** No questions, and no restart of services of the host by needrestart (Ubuntu). */
export const aptEnvironment = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' } as const;

/** Whether apt failed because another apt holds a lock that DPkg::Lock::Timeout does not wait for: that of the lists. */
export function isLocked(lines: readonly string[]): boolean {
  return lines.some((line) => /Could not get lock \/var\/lib\/apt\/lists\/|Unable to lock directory \/var\/lib\/apt\/lists/.test(line));
}
