import { inertLine } from '@release-kit/action';
import type { BootedMachine } from '@release-kit/machine';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { stillActive } from '../units/services.ts';

/** Removes the packages: services stop, configuration files stay (Debian Policy 6.8, 10.7). */
export async function removeAndLook({ machine, run, manager, packages }: Session, units: readonly string[]): Promise<Finding> {
  const installed = await manager.pathsOf(run, packages);
  const conffiles = installed.filter(({ isConfiguration }) => isConfiguration).map(({ path }) => path);
  const before = await existing(machine, conffiles);
  await manager.remove(run, packages);
  const problems: Problem[] = [
    ...(await stillActive(machine, units)).map(
      (unit): Problem => ({
        category: 'still-active',
        message: `${inertLine(unit)} still runs after the package was removed`,
        cure: 'Stop the unit in prerm; debhelper does so for units it installs.',
        subject: { kind: 'unit', unit },
      }),
    ),
    ...missingFrom(await existing(machine, before), before).map(
      (path): Problem => ({
        category: 'conffile-lost',
        message: `the configuration file ${inertLine(path)} is gone after removal; only a purge may delete it`,
        cure: 'Do not delete conffiles in prerm or postrm remove (Debian Policy 10.7.3).',
      }),
    ),
  ];
  const kept =
    before.length === 0 ? '' : `, ${before.length === 1 ? 'one configuration file' : `${before.length} configuration files`} kept`;
  return { problems, note: problems[0]?.message ?? `removed${units.length === 0 ? '' : ', services stopped'}${kept}` };
}

function missingFrom(now: readonly string[], before: readonly string[]): readonly string[] {
  return before.filter((path) => !now.includes(path));
}

async function existing(machine: BootedMachine, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const { stdout } = await machine.run(['stat', '--format=%n', '--', ...paths], { allow: 'any', timeout: 30_000 });
  return stdout.split('\n').filter((line) => line !== '');
}
