import type { Argv, Host } from '@release-kit/action';
import { type BaseSystem, createMachine, type EngineName } from '@release-kit/machine';
import type { InstallOptions, MachineRun, PackagedPath, PackageManager, PackageSet } from '../package-manager.ts';
import { ProblemError } from '../problem.ts';
import { mustApt } from './apt-call.ts';
import { removedAlong } from './apt-output.ts';
import { type ReadSet, withDependencies } from './dependencies.ts';
import { ownersOf, pathsOf } from './dpkg-paths.ts';
import { ownFiles, recordsOf } from './dpkg-records.ts';
import { scriptsOf } from './dpkg-scripts.ts';
import { readPlan } from './install-plan.ts';
import { readInstallation } from './installation.ts';
import { copyRepository, copySets, localConfig, repository } from './local-repository.ts';
import { type OwnPackage, readOwnPackages } from './own-package.ts';
import { packedPathsOf } from './packed-path.ts';
import { ownConflicts } from './unmet.ts';

/** Where the packages are tried. */
export interface AptGround {
  readonly host: Host;
  readonly base: BaseSystem;
  readonly engine: EngineName;
  /** Milliseconds for each command. */
  readonly timeout: number;
}

/** Several tracks have the same packages, each with a manager of its own. */
const known = new WeakMap<PackageSet, Promise<readonly OwnPackage[]>>();

/** apt and dpkg as the package manager of the life cycle on one system. */
export function aptManager(ground: AptGround): PackageManager {
  const { host, timeout } = ground;
  const read = (set: PackageSet): Promise<readonly OwnPackage[]> => {
    const reading = known.get(set) ?? readSet(ground, set);
    known.set(set, reading);
    return reading;
  };
  const readSets = async (sets: readonly PackageSet[]): Promise<readonly ReadSet[]> => {
    const found: ReadSet[] = [];
    for (const set of sets) found.push({ set, packages: await read(set) });
    return found;
  };
  const apt = (...words: readonly string[]): Argv => ['apt-get', `--config-file=${localConfig}`, ...words];
  const names = (set: PackageSet): readonly string[] => set.packages.map(({ name }) => name);
  const exact = (set: PackageSet): readonly string[] => set.packages.map(({ name, version }) => `${name}=${version}`);
  // Asked in nearly every step, and the same until something is installed or removed.
  const listed = new WeakMap<MachineRun, Map<PackageSet, Promise<readonly PackagedPath[]>>>();
  const mustChange = (run: MachineRun, verb: 'install' | 'remove', argv: Argv): Promise<string> => {
    listed.delete(run);
    return mustApt(run, verb, argv, timeout);
  };
  return {
    async prepare(sets, wishes) {
      const readable = await readSets(sets);
      const [first, ...more] = readable.flatMap(({ packages }) => ownConflicts(packages));
      if (first !== undefined) throw new ProblemError(first, undefined, more);
      return withDependencies(ground, readable, wishes);
    },
    async provide(machine, sets) {
      const packages = (await readSets(sets)).flatMap((each) => each.packages);
      await copyRepository(host, machine, sets, packages);
      return readPlan((argv, options) => machine.run(argv, options), apt('update'), timeout);
    },
    async hasRecommendations(sets) {
      return (await readSets(sets)).some(({ packages }) => packages.some(({ control }) => control.get('Recommends') !== undefined));
    },
    async install(run, set, options = {}) {
      return readInstallation(await mustChange(run, 'install', apt(...optionWords(options), 'install', ...exact(set))));
    },
    // The same versions have the same paths.
    async reinstall(run, set) {
      return readInstallation(await mustApt(run, 'install', apt('--reinstall', 'install', ...exact(set)), timeout));
    },
    async remove(run, set) {
      return removedAlong(await mustChange(run, 'remove', apt('remove', ...names(set))), new Set(names(set)));
    },
    // dpkg does it, since apt no longer knows a package that is gone without a trace.
    async purge(run, set) {
      await mustChange(run, 'remove', ['dpkg', '--force-unsafe-io', '--purge', '--', ...names(set)]);
    },
    pathsOf(run, set) {
      const lists = listed.get(run) ?? new Map<PackageSet, Promise<readonly PackagedPath[]>>();
      listed.set(run, lists);
      const asked = lists.get(set) ?? pathsOf(run, set);
      lists.set(set, asked);
      return asked;
    },
    packedPathsOf,
    ownersOf,
    scriptsOf,
    records: recordsOf,
    ownFiles,
  };
}

function optionWords({ downgrade = false, keepConfiguration = false }: InstallOptions): readonly string[] {
  const keep = ['-o', 'DPkg::Options::=--force-confdef', '-o', 'DPkg::Options::=--force-confold'];
  return [...(downgrade ? ['--allow-downgrades'] : []), ...(keepConfiguration ? keep : [])];
}

async function readSet({ host, base, engine, timeout }: AptGround, set: PackageSet): Promise<readonly OwnPackage[]> {
  await using machine = await createMachine(host, base, engine);
  await copySets(host, machine, [set]);
  return await readOwnPackages((argv, options) => machine.run(argv, options), repository, set, timeout);
}
