import { inertLine } from '@release-kit/action';
import { type Problem, ProblemError } from '../problem.ts';
import type { Begun, Finding } from '../steps.ts';
import type { PlainMachine, PlainSteps } from './track.ts';

const where = 'where systemd does not run';

/**
 * Installs and purges where systemd does not run, as in containers and in what debootstrap makes: maintainer scripts must not fail
 * there (Debian Policy 9.3.3.2). What the packages left behind before could be in the way, so they must have been purged.
 */
export const withoutSystemd: PlainSteps = {
  isDue: ({ list }) => list.findLast(({ name }) => name === 'purge')?.result === 'passed',
  async begin({ run, manager, packages, steps }: PlainMachine): Promise<readonly Begun<Finding>[]> {
    const installed = steps.begin('install without systemd', () =>
      explained(async () => {
        await manager.install(run, packages);
        return { note: inertLine(packages.packages.map(({ name }) => name).join(', ')) };
      }),
    );
    if ((await installed.found) === undefined) return [installed];
    const purged = steps.begin('purge without systemd', () =>
      explained(async () => {
        // apt takes along what needs them, as packages that came with their dependencies may; dpkg would refuse.
        await manager.remove(run, packages);
        await manager.purge(run, packages);
        return { note: 'purged' };
      }),
    );
    await purged.found;
    return [installed, purged];
  },
};

/** The packages were installed and purged before with systemd, so that is what the failure is about. */
async function explained(body: () => Promise<Finding>): Promise<Finding> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError(withoutSystemdWords(error.problem), error, error.more.map(withoutSystemdWords));
  }
}

export function withoutSystemdWords(problem: Problem): Problem {
  return {
    ...problem,
    message: `${where}, ${problem.message}`,
    cure: 'Call systemctl only if /run/systemd/system is a directory, or leave units to dh_installsystemd, and services to invoke-rc.d.',
  };
}
