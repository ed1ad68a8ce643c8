import { basename } from 'node:path';
import { inertLine } from '@release-kit/action';
import { parseDigests } from '../files/digest-list.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { stillActive } from '../units/services.ts';
import { type Configuration, configurationPaths, keptText, readConfiguration } from './configuration.ts';

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
  const gone = configuration.filter((path) => before.get(path) !== undefined && after.get(path) === undefined);
  const aside = await putAside(session, gone, before);
  const lost = gone.filter((path) => !aside.has(path));
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
  const renamed = [...aside].map(([path, now]) => `${inertLine(path)} put aside as ${inertLine(basename(now))}`);
  const stopped = units.length === 0 ? [] : ['services stopped'];
  const good = ['removed', ...stopped, keptText(after), ...renamed].filter((part) => part !== '').join(', ');
  const others = along.length === 0 ? '' : `; ${along.map(inertLine).join(', ')} went along`;
  return { problems, configuration, along, note: problems[0]?.message ?? `${good}${others}` };
}

/**
 * Where scripts put configuration files that only the installed package may use: beside their place, under a longer name, with what an
 * administrator wrote in them. rsyslog does so with /etc/logrotate.d/rsyslog.
 */
async function putAside({ run }: Session, gone: readonly string[], before: Configuration): Promise<ReadonlyMap<string, string>> {
  if (gone.length === 0) return new Map();
  const script = 'for path; do for beside in "$path".*; do [ ! -f "$beside" ] || sha256sum --zero -- "$beside"; done; done';
  const { stdout } = await run(['/bin/sh', '-c', script, 'beside', ...gone], { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } });
  const digests = [...parseDigests(stdout)];
  return new Map(
    gone.flatMap((path) => {
      const found = digests.find(([beside, digest]) => beside.startsWith(`${path}.`) && digest === before.get(path));
      return found === undefined ? [] : [[path, found[0]] as const];
    }),
  );
}
