import type { Host } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import type { Manifest } from '@release-kit/manifest';
import { announcedPackages } from './announced.ts';
import type { BuildRequest } from './build-once.ts';
import type { BuildWay } from './build-way.ts';
import { collect, collected, readFields } from './collect.ts';
import { describeProducts } from './delivery.ts';
import { libcOfMachine, reportGuards } from './guard-report.ts';
import { inspectPackages, type PackageContent } from './package-content.ts';
import { changesName, checkProducts, requireAnnounced } from './products.ts';
import type { Unpacked } from './unpacked.ts';

export interface CheckedProducts {
  /** Describes the files of the stage. */
  readonly manifest: Manifest;
  /** What the binary packages hold. */
  readonly contents: readonly PackageContent[];
}

/** Takes what was built out of the machine and checks it. Throws E_BUILD_OUTPUT, E_BUILD_GUARD, E_DEB, E_CONTROL. */
export async function checkedProducts(
  machine: Machine,
  host: Host,
  unpacked: Unpacked,
  request: BuildRequest,
  way: BuildWay,
): Promise<CheckedProducts> {
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
  const contents = await inspectPackages(machine, collected, packages, request.inspection, request.deadline());
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
