import type { Host } from '@release-kit/action';
import type { Strategy } from '@release-kit/cross';
import type { Distribution } from '@release-kit/debian';
import {
  type BaseSystem,
  basePackages,
  createMachine,
  type EngineName,
  type Machine,
  ownArchitecture,
  prepareBase,
} from '@release-kit/machine';
import type { Manifest } from '@release-kit/manifest';
import { announcedPackages } from './announced.ts';
import { type BuildTime, build } from './build.ts';
import { addBuildUser } from './build-user.ts';
import type { BuildVersion, WantedVersion } from './build-version.ts';
import { type BuildWay, buildWay } from './build-way.ts';
import { collect, collected, readFields } from './collect.ts';
import { withToolchain } from './cross-toolchain.ts';
import type { Deadline } from './deadline.ts';
import { describeProducts } from './delivery.ts';
import { withDependencies } from './dependencies.ts';
import { libcOfMachine, reportGuards } from './guard-report.ts';
import type { LocalPackage } from './local-packages.ts';
import { withLocalPackages } from './local-repository.ts';
import { inspectPackages, type PackageContent } from './package-content.ts';
import { changesName, checkProducts, requireAnnounced } from './products.ts';
import type { Source } from './source.ts';
import { needsOf } from './source-needs.ts';
import { compressorFor, type TargetSystem } from './target-system.ts';
import { type Unpacked, unpack } from './unpacked.ts';

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
  /** What findings of the guards are. */
  readonly guards: 'error' | 'warning';
  /** `deep`: checksums and symbols as well, for comparing two builds. */
  readonly inspection: 'plain' | 'deep';
  readonly network: boolean;
  /** Absolute; the whole output is appended. */
  readonly logFile: string;
  readonly deadline: Deadline;
  /** An empty folder of the host, which takes the checked products. */
  readonly stage: string;
}

export interface FinishedBuild extends BuildTime {
  /** Describes the files of the stage. */
  readonly manifest: Manifest;
  readonly version: BuildVersion;
  /** What the binary packages hold. */
  readonly contents: readonly PackageContent[];
}

/** One build, from a clean machine to checked products in the stage; it may be called again with other parameters. */
export async function buildOnce(host: Host, request: BuildRequest): Promise<FinishedBuild> {
  const { source, distribution, engine, logFile, deadline, network } = request;
  const way = buildWay(request, request.architecture);
  for (const note of way.notes) host.log.info(note);
  const base = await buildBase(host, request);
  const ready = await withDependencies(host, base, engine, { ...way, needs: await needsOf(source), logFile, timeout: deadline });
  await using machine = await createMachine(host, ready, engine);
  await addBuildUser(machine);
  const unpacked = await unpack(machine, host, source, {
    given: request.version,
    output: request.output,
    includeSource: request.includeSource,
  });
  const { facts, version, sourceDateEpoch } = unpacked;
  if (source.kind === 'dsc') host.log.info(`${facts.package} ${version.version} (${version.reason}) for ${distribution.name}`);
  const compressor = compressorFor(distribution, request.target);
  const time = await build(machine, host, unpacked, { ...request, ...way, sourceDateEpoch, compressor }, { network, logFile, deadline });
  return { ...time, version, ...(await checkedProducts(machine, host, unpacked, request, way)) };
}

/** The base system of a strategy, with the toolchain where it is to cross-compile, and the user's own packages. */
export async function buildBase(host: Host, request: BuildRequest): Promise<BaseSystem> {
  const { distribution, engine, logFile, deadline, strategy } = request;
  const architecture = strategy === 'cross' ? ownArchitecture() : request.architecture;
  host.progress.update(`preparing ${distribution.name} ${architecture}`);
  const mirror = request.mirror === undefined ? {} : { mirror: request.mirror };
  const base = await prepareBase(host, { distribution, architecture, packages: basePackages.build, ...mirror });
  host.log.info(`base system ${distribution.name} ${architecture} from the ${base.origin.replace('-', ' ')}`);
  const apt = { logFile, timeout: deadline };
  const ready = strategy === 'cross' ? await withToolchain(host, base, engine, request.architecture, apt) : base;
  return withLocalPackages(host, ready, engine, request.localPackages, apt);
}

/** Takes what was built out of the machine and checks it. Throws E_BUILD_OUTPUT, E_BUILD_GUARD, E_DEB, E_CONTROL. */
async function checkedProducts(
  machine: Machine,
  host: Host,
  unpacked: Unpacked,
  request: BuildRequest,
  way: BuildWay,
): Promise<Pick<FinishedBuild, 'manifest' | 'contents'>> {
  const { facts, version, sourceDateEpoch } = unpacked;
  const { architecture, distribution, stage } = request;
  await collect(machine, stage);
  const expected = { source: facts.package, version: version.version };
  const packages: { readonly file: string; readonly control: string }[] = [];
  const { products } = await checkProducts(stage, changesName(facts.package, version.version, architecture), expected, async (names) => {
    const controls = await readFields(machine, names);
    packages.push(...names.map((file, index) => ({ file, control: controls[index] ?? '' })));
    return controls;
  });
  const announced = announcedPackages(facts.control.binaries, architecture, way.profiles, way.onlyAny);
  requireAnnounced(announced, products, facts.files.control);
  const contents = await inspectPackages(machine, collected, packages, request.inspection);
  await guardProducts(machine, host, contents, request, { cross: way.crossFor !== undefined, version: version.version });
  const manifest = await describeProducts(stage, products, { ...expected, architecture, distribution: distribution.name, sourceDateEpoch });
  return { manifest, contents };
}

async function guardProducts(
  machine: Machine,
  host: Host,
  contents: readonly PackageContent[],
  request: BuildRequest,
  built: { readonly cross: boolean; readonly version: string },
): Promise<void> {
  const { target, distribution, architecture } = request;
  const libc = target.libc ?? (target.name === distribution.name ? await libcOfMachine(machine) : undefined);
  const build = { ...built, architecture, versionNamed: request.version !== undefined, target: { ...target, libc } };
  reportGuards(host, contents, build, request.guards);
}
