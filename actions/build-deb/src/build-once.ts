import type { Host } from '@release-kit/action';
import type { Strategy } from '@release-kit/cross';
import type { Distribution } from '@release-kit/debian';
import { type BaseSystem, createMachine, type EngineName, prepareBase } from '@release-kit/machine';
import type { PhaseUse } from '@release-kit/manifest';
import { buildBaseRequest } from './base-choice.ts';
import { type BuildTime, build } from './build.ts';
import { buildEnvironment } from './build-command.ts';
import { buildGround, type GroundFindings } from './build-ground.ts';
import { reportBuilt, reportFailed } from './build-outcome.ts';
import { type BuildRecord, buildRecord } from './build-record.ts';
import { addBuildUser } from './build-user.ts';
import type { BuildVersion, WantedVersion } from './build-version.ts';
import { buildWay } from './build-way.ts';
import { type CheckedProducts, checkedProducts } from './checked-products.ts';
import type { CompilerCacheName } from './compiler-cache.ts';
import { withToolchain } from './cross-toolchain.ts';
import type { Deadline } from './deadline.ts';
import { withDependencies } from './dependencies.ts';
import { withShellOnFailure } from './failed-machine.ts';
import type { LocalPackage } from './local-packages.ts';
import { withLocalPackages } from './local-repository.ts';
import type { Source } from './source.ts';
import { needsOf } from './source-needs.ts';
import { compressorFor, type TargetSystem } from './target-system.ts';
import { unpack } from './unpacked.ts';

/** Everything that decides what one build makes. */
export interface BuildRequest {
  readonly source: Source;
  readonly distribution: Distribution;
  /** What the packages are for. */
  readonly architecture: string;
  readonly strategy: Strategy;
  /** The `Architecture: all` packages as well. */
  readonly buildAll: boolean;
  readonly tests: 'auto' | 'run' | 'skip';
  /** What apt takes before the archive's. */
  readonly localPackages: readonly LocalPackage[];
  readonly engine: EngineName;
  readonly mirror: string | undefined;
  /** A root instead of one from an archive. */
  readonly image: string | undefined;
  readonly version: WantedVersion;
  /** Absolute; left out of the copy of the source. */
  readonly output: string;
  readonly includeSource: boolean;
  readonly profiles: readonly string[];
  /** DEB_BUILD_OPTIONS besides parallel. */
  readonly options: readonly string[];
  readonly parallel: number;
  /** The oldest system that the packages have to work on. */
  readonly target: TargetSystem;
  readonly compilerCache: 'none' | CompilerCacheName;
  /** `second`: with all else that a reproducible build must not depend on. */
  readonly place: 'usual' | 'second';
  /** What findings of the guards are. */
  readonly guards: 'error' | 'warning';
  /** `deep`: checksums and symbols as well, for comparing two builds. */
  readonly inspection: 'plain' | 'deep';
  readonly network: boolean;
  /** Absolute; the whole output is appended. */
  readonly logFile: string;
  readonly deadline: Deadline;
  /** A folder of the host that is missing or empty; it takes the checked products. */
  readonly stage: string;
}

/** What decides the base system of a build. */
export type BaseNeeds = Pick<
  BuildRequest,
  'distribution' | 'architecture' | 'strategy' | 'localPackages' | 'engine' | 'mirror' | 'image' | 'logFile' | 'deadline'
>;

export interface FinishedBuild extends BuildTime, CheckedProducts, GroundFindings {
  readonly version: BuildVersion;
  /** What each phase took. */
  readonly phases: readonly PhaseUse[];
}

/** One build, from a clean machine to checked products in the stage; it may be called again with other parameters. */
export async function buildOnce(host: Host, request: BuildRequest): Promise<FinishedBuild> {
  await using record = buildRecord(host);
  try {
    const built = await buildRecorded(host, request, record);
    await reportBuilt(host, record, request);
    return { ...built, phases: await record.uses() };
  } catch (error) {
    throw await reportFailed(host, record, request, error);
  }
}

async function buildRecorded(host: Host, request: BuildRequest, record: BuildRecord): Promise<Omit<FinishedBuild, 'phases'>> {
  const { source, distribution, engine, logFile, deadline, network } = request;
  const way = buildWay(request, request.architecture);
  for (const note of way.notes) host.log.info(note);
  const base = await buildBase(host, request);
  const ready = await withDependencies(host, base, engine, { ...way, needs: await needsOf(source), logFile, timeout: deadline, record });
  const stand = { ...request, distribution: distribution.name, crossFor: way.crossFor };
  const ground = await buildGround(host, ready, stand, { logFile, timeout: deadline });
  await using machine = await createMachine(host, ground.base, engine, ground.machine);
  await addBuildUser(machine);
  record.enter('unpack', machine);
  const unpacked = await unpack(machine, host, source, {
    given: request.version,
    output: request.output,
    includeSource: request.includeSource,
  });
  const { facts, version, sourceDateEpoch } = unpacked;
  if (source.kind === 'dsc') host.log.info(`${facts.package} ${version.version} (${version.reason}) for ${distribution.name}`);
  const compressor = compressorFor(distribution, request.target);
  const place = await ground.settle(machine, unpacked.tree);
  const choices = { ...request, ...way, sourceDateEpoch, compressor };
  const inside = { cwd: place.tree, user: place.user, env: buildEnvironment(choices), network };
  const time = await withShellOnFailure(host, machine, inside, () =>
    build(machine, host, unpacked, choices, { network, logFile, deadline, place, record }),
  );
  const findings = await ground.leave(machine);
  return { ...time, version, ...findings, ...(await checkedProducts(machine, host, unpacked, request, way)) };
}

/** The base system of a strategy, with the toolchain where it is to cross-compile, and the user's own packages. */
export async function buildBase(host: Host, request: BaseNeeds, say: (text: string) => void = host.log.detail): Promise<BaseSystem> {
  const { distribution, engine, logFile, deadline, strategy } = request;
  const wanted = buildBaseRequest(request);
  const { architecture } = wanted;
  host.progress.update(`preparing ${distribution.name} ${architecture}`);
  const base = await prepareBase(host, wanted);
  say(`base system ${distribution.name} ${architecture} from the ${base.origin.replace('-', ' ')}`);
  const apt = { logFile, timeout: deadline };
  const ready = strategy === 'cross' ? await withToolchain(host, base, engine, request.architecture, apt, say) : base;
  return withLocalPackages(host, ready, engine, request.localPackages, apt);
}
