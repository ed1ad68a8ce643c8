import { chmod, copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { MachineRun, PackageManager, PackageSet } from '../package-manager.ts';
import {
  type Apt,
  checkNames,
  debFolder,
  downloadDependencies,
  installDependencies,
  installPackages,
  purgePackages,
  reinstallPackages,
  removePackages,
} from './apt.ts';
import { ownersOf, pathsOf } from './dpkg-paths.ts';
import { ownFiles, recordsOf } from './dpkg-records.ts';

/** apt and dpkg as the package manager of the life cycle. `timeout`: milliseconds for each command. */
export function aptManager(host: Host, timeout: number): PackageManager {
  const aptOf = (set: PackageSet): Apt => ({
    debs: set.packages.map(({ file }) => `${debFolder}/${set.label}/${basename(file)}`),
    names: set.packages.map(({ name }) => name),
    timeout,
  });
  return {
    async prepare(machine, sets) {
      const dependencies = new Set<string>();
      const removed = new Set<string>();
      for (const set of sets) {
        await using staging = await host.files.temporary('smoke');
        for (const { file } of set.packages) await copyFile(file, join(staging.path, basename(file)));
        await chmod(staging.path, 0o755);
        await machine.copyIn(staging.path, `${debFolder}/${set.label}`);
        const offline: MachineRun = (argv, options) => machine.run(argv, options);
        const online: MachineRun = (argv, options) => machine.run(argv, { ...options, network: true });
        await checkNames(offline, aptOf(set));
        const plan = await downloadDependencies(online, aptOf(set));
        for (const name of plan.dependencies) dependencies.add(name);
        for (const name of plan.removed) removed.add(name);
      }
      return { dependencies: [...dependencies], removed: [...removed] };
    },
    installDependencies: (run, plan) => installDependencies(run, { debs: [], names: [], timeout }, plan),
    install: (run, set) => installPackages(run, aptOf(set)),
    reinstall: (run, set) => reinstallPackages(run, aptOf(set)),
    remove: (run, set) => removePackages(run, aptOf(set)),
    purge: (run, set) => purgePackages(run, aptOf(set)),
    pathsOf,
    ownersOf,
    records: recordsOf,
    ownFiles,
  };
}
