import { inertLine } from '@release-kit/action';
import type { MachineRun, PackageManager, PackageSet } from '../package-manager.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { Finding, Steps } from '../steps.ts';

/** A machine that is powered off: commands run in it, and no systemd does. */
export interface PoweredOff {
  readonly run: MachineRun;
  readonly manager: PackageManager;
  readonly packages: PackageSet;
  readonly steps: Steps;
}

const where = 'where systemd does not run';

/**
 * Installs and purges where systemd does not run, as in containers and in what debootstrap makes: maintainer scripts must not fail
 * there (Debian Policy 9.3.3.2). What the packages left behind before could be in the way, so they must have been purged.
 */
export async function tryWithoutSystemd({ run, manager, packages, steps }: PoweredOff): Promise<void> {
  if (steps.list.findLast(({ name }) => name === 'purge')?.result !== 'passed') return;
  const installed = await steps.run('install without systemd', () =>
    explained(async () => {
      await manager.install(run, packages);
      return { note: inertLine(packages.packages.map(({ name }) => name).join(', ')) };
    }),
  );
  if (installed === undefined) return;
  await steps.run('purge without systemd', () =>
    explained(async () => {
      await manager.purge(run, packages);
      return { note: 'purged' };
    }),
  );
}

/** The packages were installed and purged before with systemd, so that is what the failure is about. */
async function explained(body: () => Promise<Finding>): Promise<Finding> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError(withoutSystemd(error.problem), error, error.more.map(withoutSystemd));
  }
}

export function withoutSystemd(problem: Problem): Problem {
  return {
    ...problem,
    message: `${where}, ${problem.message}`,
    cure: 'Call systemctl only if /run/systemd/system is a directory, or leave units to dh_installsystemd, and services to invoke-rc.d.',
  };
}
