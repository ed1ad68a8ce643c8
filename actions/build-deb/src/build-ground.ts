import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { Host } from '@release-kit/action';
import type { BaseSystem, EngineName, Machine, MachineOptions } from '@release-kit/machine';
import type { AptSurroundings } from './apt.ts';
import { type BuildPlace, usualPlace } from './build-place.ts';
import type { CompilerCacheName, CompilerCacheUse } from './compiler-cache.ts';
import { openCompilerCache } from './compiler-cache-store.ts';
import { leaveSecondPlace, second, secondPlace, type Variation, withVariation } from './second-place.ts';
import type { Source } from './source.ts';

export interface GroundRequest {
  readonly source: Source;
  /** Name, as in the manifest. */
  readonly distribution: string;
  readonly architecture: string;
  readonly crossFor: string | undefined;
  readonly engine: EngineName;
  readonly parallel: number;
  /** `second`: with all else that a reproducible build must not depend on, and without a compiler cache. */
  readonly place: 'usual' | 'second';
  readonly compilerCache: 'none' | CompilerCacheName;
}

/** What a build stands on besides its dependencies. */
export interface BuildGround {
  readonly base: BaseSystem;
  readonly machine: MachineOptions;
  /** Makes ready where dpkg-buildpackage will run; the source is unpacked there already. */
  settle(machine: Machine, tree: string): Promise<BuildPlace>;
  /** After the build, before its products are collected. */
  leave(machine: Machine): Promise<GroundFindings>;
}

export interface GroundFindings {
  /** undefined where none was used, or it does not say. */
  readonly compilerCache: CompilerCacheUse | undefined;
  /** What was otherwise in a second place. */
  readonly variation: Variation | undefined;
}

/** The usual ground, with a compiler cache where one is wanted, or that of a second build. */
export async function buildGround(host: Host, base: BaseSystem, request: GroundRequest, apt: AptSurroundings): Promise<BuildGround> {
  const { source, engine, parallel } = request;
  if (request.place === 'second') return secondGround(host, base, engine, parallel, apt);
  const name = source.kind === 'tree' ? source.facts.package : (basename(source.file).split('_')[0] ?? '');
  const cache = await openCompilerCache(host, base, { ...request, wanted: request.compilerCache, package: name }, apt);
  return {
    base: cache?.base ?? base,
    machine: {},
    settle: async (machine, tree) => {
      await cache?.enter(machine);
      const place = usualPlace(tree, parallel);
      return cache?.behind(place) ?? place;
    },
    leave: async (machine) => ({ compilerCache: await cache?.leave(machine), variation: undefined }),
  };
}

async function secondGround(
  host: Host,
  base: BaseSystem,
  engine: EngineName,
  parallel: number,
  apt: AptSurroundings,
): Promise<BuildGround> {
  const varied = await withVariation(host, base, engine, apt);
  const complete = varied !== undefined;
  let variation: Variation | undefined;
  return {
    base: varied ?? base,
    machine: { hostname: second.hostname },
    settle: async (machine, tree) => {
      const place = await secondPlace(machine, tree, { parallel, processors: availableParallelism(), complete });
      variation = place;
      return place;
    },
    leave: async (machine) => {
      await leaveSecondPlace(machine);
      return { compilerCache: undefined, variation };
    },
  };
}
