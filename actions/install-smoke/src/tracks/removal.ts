import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { stillActive } from '../units/services.ts';
import { configurationPaths, keptText, readConfiguration } from './configuration.ts';

/** What a removal did. */
export interface Removal {
  /** Paths of the configuration files. */
  readonly configuration: readonly string[];
  /** Other packages that went along, as they need these. */
  readonly along: readonly string[];
}

/** Removes the packages: services stop, configuration files stay (Debian Policy 6.8, 10.7). */
export async function removeAndLook(session: Session, units: readonly string[]): Promise<Finding & Removal> {
  const { machine, run, manager, packages } = session;
  const configuration = await configurationPaths(session);
  const before = await readConfiguration(session, configuration);
  const along = await manager.remove(run, packages);
  const [after, active] = await Promise.all([readConfiguration(session, configuration), stillActive(machine, units)]);
  const lost = configuration.filter((path) => before.get(path) !== undefined && after.get(path) === undefined);
  const problems: Problem[] = [
    ...active.map(
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
  const others = along.length === 0 ? '' : `; ${along.map(inertLine).join(', ')} went along`;
  return { problems, configuration, along, note: problems[0]?.message ?? `${good}${others}` };
}
