import { basename } from 'node:path';
import { CommandError, type Host, inertLine } from '@release-kit/action';
import { type BaseSystem, type EngineName, type Machine, prepareLayer } from '@release-kit/machine';
import { type AptSurroundings, aptGet } from './apt.ts';
import type { BuildPlace } from './build-place.ts';
import { buildFolder, buildUser } from './build-user.ts';

/** No product of a build holds one of these by chance. */
export const second = {
  folder: '/srv/second-place/below',
  user: 'rebuilder',
  id: 3456,
  daysLater: 400,
  locale: 'et_EE.UTF-8',
  zone: 'GMT+12',
  hostname: 'second-machine',
} as const;

/** What a second build was given otherwise than the first, in words; and what could not be, with the reason. */
export interface Variation {
  readonly varied: readonly string[];
  readonly same: readonly string[];
}

/** libfaketime gives programs another date; Estonian sorts z before t, which tells lists that were sorted for people. */
const extras = ['libfaketime', 'locales'] as const;

/** The base system with what a varied build needs besides; undefined where it cannot be installed. */
export async function withVariation(
  host: Host,
  base: BaseSystem,
  engine: EngineName,
  surroundings: AptSurroundings,
): Promise<BaseSystem | undefined> {
  try {
    return await prepareLayer(host, base, engine, { name: 'second-place', inputs: { extras, locale: second.locale } }, (machine) =>
      installExtras(machine, surroundings),
    );
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'E_BUILD_DEPENDS') throw error;
    host.log.info(`date and locale are not varied: ${error.message}`);
    return undefined;
  }
}

async function installExtras(machine: Machine, surroundings: AptSurroundings): Promise<void> {
  let result = await aptGet(machine, ['install', ...extras], surroundings);
  if (result.exitCode !== 0) {
    await aptGet(machine, ['update'], surroundings);
    result = await aptGet(machine, ['install', ...extras], surroundings);
  }
  if (result.exitCode !== 0)
    throw new CommandError('E_BUILD_DEPENDS', `${extras.join(' and ')} cannot be installed`, {
      argv: ['apt-get', 'install', ...extras],
      exitCode: result.exitCode,
      signal: null,
      lastLines: result.stderr.split('\n').slice(-5).map(inertLine),
    });
  const [language = '', charset = ''] = second.locale.split('.');
  await machine.run(['localedef', '-i', language, '-f', charset, second.locale]);
}

const moveScript = `set -e
echo "$2:x:$3:$3::/nonexistent:/bin/sh" >> /etc/passwd
echo "$2:x:$3:" >> /etc/group
install -d -m 0755 -o "$3" -g "$3" "$1"
find ${buildFolder} -mindepth 1 -maxdepth 1 -exec mv -t "$1" -- {} +
chown -hR "$3:$3" "$1"`;

/**
 * Moves an unpacked source to where a second build happens, as another user. `complete`: the machine has what date and locale need;
 * `processors`: of the host.
 */
export async function secondPlace(
  machine: Machine,
  tree: string,
  given: { readonly parallel: number; readonly processors: number; readonly complete: boolean },
): Promise<BuildPlace & Variation> {
  await machine.run(['sh', '-c', moveScript, 'move', second.folder, second.user, String(second.id)]);
  return { tree: `${second.folder}/${basename(tree)}`, user: second.user, umask: '002', ...decideVariation(given) };
}

/** Brings the products back to where they are collected. Plain files only: whatever else lies there was made by the build. */
export async function leaveSecondPlace(machine: Machine): Promise<void> {
  const script = `set -e
for file in "$1"/*; do
  if [ -f "$file" ] && [ ! -L "$file" ]; then chown -h "$2:$2" -- "$file"; mv -- "$file" ${buildFolder}/; fi
done`;
  await machine.run(['sh', '-c', script, 'leave', second.folder, buildUser]);
}

/** The rule behind `secondPlace`. */
export function decideVariation(given: {
  readonly parallel: number;
  readonly processors: number;
  readonly complete: boolean;
}): Variation & Pick<BuildPlace, 'env' | 'prefix' | 'parallel'> {
  const { parallel, processors, complete } = given;
  const locale = complete ? second.locale : 'C';
  const oneProcessor = processors > 1;
  return {
    parallel: parallel > 1 ? 1 : 2,
    env: {
      HOME: '/nonexistent/second-place',
      USER: second.user,
      LOGNAME: second.user,
      LANG: locale,
      LC_ALL: locale,
      LANGUAGE: 'et_EE:fr',
      TZ: second.zone,
      // The loader fills in $LIB. Times of files stay true: make compares them with each other.
      ...(complete
        ? {
            LD_PRELOAD: '/usr/$LIB/faketime/libfaketime.so.1',
            FAKETIME: `+${second.daysLater}d`,
            NO_FAKE_STAT: '1',
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
          }
        : {}),
    },
    prefix: oneProcessor ? ['sh', '-c', `exec taskset -c "$(taskset -pc $$ | sed 's/.*: *//; s/[-,].*//')" "$@"`, 'one-processor'] : [],
    varied: [
      `path (${second.folder})`,
      `user (${second.user}, ${second.id})`,
      'umask (002)',
      `locale (${locale})`,
      `time zone (${second.zone})`,
      `host name (${second.hostname})`,
      `jobs (${parallel > 1 ? 1 : 2})`,
      ...(complete ? [`date (${second.daysLater} days later)`] : []),
      ...(oneProcessor ? ['processors (1)'] : []),
    ],
    same: [
      'kernel',
      ...(complete ? [] : ['date, but for the seconds that passed (libfaketime cannot be installed)']),
      ...(oneProcessor ? [] : ['processors (the host has one)']),
    ],
  };
}
