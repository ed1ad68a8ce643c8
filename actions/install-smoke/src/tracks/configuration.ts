import { inertLine } from '@release-kit/action';
import { parseDigests } from '../files/digest-list.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';

/** Configuration files of the packages: digest by path, `undefined` for those that are gone. */
export type Configuration = ReadonlyMap<string, string | undefined>;

/** The configuration files that the installed packages brought. */
export async function configurationPaths({ manager, run, packages }: Session): Promise<readonly string[]> {
  return (await manager.pathsOf(run, packages)).filter(({ isConfiguration }) => isConfiguration).map(({ path }) => path);
}

/** What is in them now. */
export async function readConfiguration({ run }: Session, paths: readonly string[]): Promise<Configuration> {
  if (paths.length === 0) return new Map();
  const { stdout } = await run(['sha256sum', '--zero', '--', ...paths], { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } });
  const digests = parseDigests(stdout);
  return new Map(paths.map((path) => [path, digests.get(path)]));
}

/** Configuration files that are not as they were, though nobody changed them: maintainer scripts must not (Debian Policy 10.7.3). */
export function changedConfiguration(before: Configuration, after: Configuration, what: string): readonly Problem[] {
  return [...before].flatMap(([path, digest]): readonly Problem[] => {
    const now = after.get(path);
    if (digest === undefined || digest === now) return [];
    const how = now === undefined ? 'is gone' : 'is not as it was';
    return [
      {
        category: now === undefined ? 'conffile-lost' : 'conffile-changed',
        message: `the configuration file ${inertLine(path)} ${how} after ${what}`,
        subject: { kind: 'path', path },
      },
    ];
  });
}

/** How many there are, for a note; empty for none. */
export function keptText(configuration: Configuration): string {
  const count = [...configuration.values()].filter((digest) => digest !== undefined).length;
  if (count === 0) return '';
  return count === 1 ? 'one configuration file kept' : `${count} configuration files kept`;
}
