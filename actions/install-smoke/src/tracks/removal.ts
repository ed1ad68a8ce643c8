import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { stillActive } from '../units/services.ts';
import { configurationPaths, keptText, readConfiguration } from './configuration.ts';

/** Removes the packages: services stop, configuration files stay (Debian Policy 6.8, 10.7). `configuration`: the paths of the files. */
export async function removeAndLook(
  session: Session,
  units: readonly string[],
): Promise<Finding & { readonly configuration: readonly string[] }> {
  const { machine, run, manager, packages } = session;
  const configuration = await configurationPaths(session);
  const before = await readConfiguration(session, configuration);
  await manager.remove(run, packages);
  const after = await readConfiguration(session, configuration);
  const lost = configuration.filter((path) => before.get(path) !== undefined && after.get(path) === undefined);
  const problems: Problem[] = [
    ...(await stillActive(machine, units)).map(
      (unit): Problem => ({
        category: 'still-active',
        message: `${inertLine(unit)} still runs after the package was removed`,
        subject: { kind: 'unit', unit },
      }),
    ),
    ...lost.map(
      (path): Problem => ({
        category: 'conffile-lost',
        message: `the configuration file ${inertLine(path)} is gone after removal; only a purge may delete it`,
        subject: { kind: 'path', path },
      }),
    ),
  ];
  const good = ['removed', ...(units.length === 0 ? [] : ['services stopped']), keptText(after)].filter((part) => part !== '').join(', ');
  return { problems, configuration, note: problems[0]?.message ?? good };
}
