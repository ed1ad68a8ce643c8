import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError, type Host, inertLine } from '@release-kit/action';
import { architectureOf } from '@release-kit/cross';
import { type BaseSystem, type EngineName, type Machine, prepareLayer } from '@release-kit/machine';
import { type AptSurroundings, aptGet } from './apt.ts';
import type { BuildPlace } from './build-place.ts';
import { buildUser } from './build-user.ts';
import {
  type CompilerCacheName,
  type CompilerCacheUse,
  cacheEnvironment,
  cacheFolder,
  cachePrefix,
  cacheSentence,
  countFile,
  maskScript,
  readCounts,
} from './compiler-cache.ts';

export interface CacheRequest {
  readonly wanted: 'none' | CompilerCacheName;
  /** Of the source. */
  readonly package: string;
  /** `debian:12` */
  readonly distribution: string;
  readonly architecture: string;
  /** The foreign architecture of a cross build. */
  readonly crossFor: string | undefined;
  readonly engine: EngineName;
}

/** A compiler cache for one build. */
export interface CompilerCache {
  /** The base system with its program. */
  readonly base: BaseSystem;
  /** The place of a build behind the cache. */
  behind(place: BuildPlace): BuildPlace;
  /** Brings what was kept into the machine, as the build user's. */
  enter(machine: Machine): Promise<void>;
  /** Keeps what the build left, and says what it found. */
  leave(machine: Machine): Promise<CompilerCacheUse | undefined>;
}

/** A release is compiled anew: nothing that an earlier build, of any branch, has left may end up in it. */
export function reasonAgainst(ref: string | undefined): string | undefined {
  return ref?.startsWith('refs/tags/') === true ? 'runs of tags compile everything anew' : undefined;
}

/** undefined where none is wanted, where none may be, and, with a warning, where its program cannot be installed. */
export async function openCompilerCache(
  host: Host,
  base: BaseSystem,
  request: CacheRequest,
  surroundings: AptSurroundings,
): Promise<CompilerCache | undefined> {
  const { wanted } = request;
  if (wanted === 'none') return undefined;
  const against = reasonAgainst(host.github.ref);
  if (against !== undefined) {
    host.log.info(`${wanted} is not used: ${against}`);
    return undefined;
  }
  const layer = await withProgram(host, base, wanted, request, surroundings);
  if (layer === undefined) return undefined;
  const key = `${wanted}-${request.package}-${request.distribution.replace(':', '-')}-${request.architecture}`;
  const kept = join(host.files.cache, 'compilers', key);
  return {
    base: layer,
    behind: (place) => ({
      ...place,
      env: { ...place.env, ...cacheEnvironment(wanted) },
      prefix: [...cachePrefix(wanted), ...place.prefix],
    }),
    enter: async (machine) => {
      await restoreKept(host, kept, key);
      await bringIn(host, machine, kept);
    },
    leave: async (machine) => {
      const { stdout } = await machine.run(['cat', countFile], { user: buildUser, allow: 'any' });
      const use = readCounts(wanted, stdout);
      if (use !== undefined) host.log.info(cacheSentence(use));
      if (use === undefined || use.misses > 0) await keep(host, machine, kept, key);
      return use;
    },
  };
}

async function withProgram(
  host: Host,
  base: BaseSystem,
  name: CompilerCacheName,
  { crossFor, engine }: CacheRequest,
  surroundings: AptSurroundings,
): Promise<BaseSystem | undefined> {
  const mask = maskScript(name, crossFor === undefined ? undefined : architectureOf(crossFor));
  try {
    return await prepareLayer(host, base, engine, { name, inputs: { mask } }, async (machine) => {
      await install(machine, name, surroundings);
      await machine.run(['sh', '-c', mask]);
    });
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'E_BUILD_DEPENDS') throw error;
    host.log.warning(`${inertLine(error.message)}; the build goes on without a compiler cache`);
    return undefined;
  }
}

async function install(machine: Machine, name: CompilerCacheName, surroundings: AptSurroundings): Promise<void> {
  let result = await aptGet(machine, ['install', name], surroundings);
  if (result.exitCode !== 0) {
    await aptGet(machine, ['update'], surroundings);
    result = await aptGet(machine, ['install', name], surroundings);
  }
  if (result.exitCode === 0) return;
  throw new CommandError('E_BUILD_DEPENDS', `${name} cannot be installed in this distribution`, {
    argv: ['apt-get', 'install', name],
    exitCode: result.exitCode,
    signal: null,
    lastLines: result.stderr.split('\n').slice(-5).map(inertLine),
  });
}

/** Remote entries are never changed, so each day has its own; a week back is looked for. */
const daysBack = 7;

function remoteKey(key: string, time: number): string {
  return `release-kit-compilers-${key}-${new Date(time).toISOString().slice(0, 10)}`;
}

/** Fills an empty or missing folder from the remote cache, the newest day first; afterwards the folder is there. */
export async function restoreKept(host: Pick<Host, 'remoteCache' | 'clock'>, kept: string, key: string): Promise<void> {
  const local = await readdir(kept).catch(() => []);
  if (local.length > 0 || host.remoteCache === undefined) {
    await mkdir(kept, { recursive: true });
    return;
  }
  await mkdir(dirname(kept), { recursive: true });
  for (let day = 0; day <= daysBack; day++)
    if (await host.remoteCache.restore(kept, remoteKey(key, host.clock.now() - day * 86_400_000))) break;
  await mkdir(kept, { recursive: true });
}

/** Another build may put its own in place while this one is read; what came in whole is used, and checked by the program itself. */
async function bringIn(host: Host, machine: Machine, kept: string): Promise<void> {
  try {
    await machine.copyIn(kept, cacheFolder, buildUser);
  } catch (error) {
    if (!(error instanceof CommandError) || host.signal.aborted) throw error;
    host.log.info(`the compiler cache could not be read whole: ${inertLine(error.message)}`);
    await machine.run(['chown', '-hR', `${buildUser}:`, cacheFolder]);
  }
}

/** Whole, in one step: another build of the same package may read the folder now, and the last one to end is kept. */
async function keep(host: Host, machine: Machine, kept: string, key: string): Promise<void> {
  await machine.run(['sh', '-c', 'find "$1" -name "*.lock" -delete; find "$1" ! -type f ! -type d -delete', 'clean', cacheFolder], {
    user: buildUser,
    allow: 'any',
  });
  const fresh = await mkdtemp(`${kept}.new-`);
  try {
    await machine.copyOut(cacheFolder, fresh);
    await rm(kept, { recursive: true, force: true });
    await rename(fresh, kept);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await save(host, kept, remoteKey(key, host.clock.now()));
}

/** A failure is said, and is none of the build's concern. */
async function save(host: Host, kept: string, key: string): Promise<void> {
  try {
    await host.remoteCache?.save(kept, key);
  } catch (error) {
    if (host.signal.aborted) throw error;
    host.log.warning(
      `the compiler cache could not be saved in the remote cache: ${error instanceof Error ? inertLine(error.message) : 'unknown'}`,
    );
  }
}
