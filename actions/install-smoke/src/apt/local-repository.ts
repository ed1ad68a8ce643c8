import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import type { PackageSet } from '../package-manager.ts';
import { type OwnPackage, stageSets } from './own-package.ts';

/** Where everything of ours lies in a machine; left out where changes are looked for. */
export const smokeFolder = '/srv/smoke';
/** Where the package files lie in it. */
export const repository = `${smokeFolder}/repository`;

/**
 * Configuration of apt that knows the packages that are tried and nothing else: no archive, none of its lists. What is tried are our
 * files, even where the archive has the very version. Recommends stay out: what a package needs to work, it must depend on (Debian
 * Policy 7.2). Nobody signed the folder, so apt is told to trust it. Nothing outlives the machine, so nothing is forced to the disk.
 */
export const localConfig = `${smokeFolder}/apt.conf`;
const localConfigText = `Dir::Etc::SourceList "${smokeFolder}/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "${smokeFolder}/lists";
Dir::Cache "${smokeFolder}/cache";
APT::Install-Recommends "false";
APT::Get::Assume-Yes "true";
APT::Sandbox::User "root";
Acquire::Languages "none";
Dpkg::Use-Pty "false";
DPkg::Options { "--force-unsafe-io"; };
quiet "1";
`;
const sourcesText = `deb [trusted=yes] file:${repository} ./\n`;

/** Fields of an index that describe the file, not the package; a control file has none of them (Debian Policy 5.3). */
const fileFields = new Set(['filename', 'size', 'sha256', 'sha1', 'sha512', 'md5sum']);

/** The index of the repository: the control file of each package, and where its file is; a package that is in two sets once. */
export function repositoryIndex(packages: readonly OwnPackage[]): string {
  const entries = new Map<string, string>();
  for (const { control, path, size, sha256, file } of packages) {
    const fields = control.fields.filter(({ name }) => !fileFields.has(name.toLowerCase()));
    const lines = fields.map(({ name, value }) => `${name}: ${value.replaceAll('\n', '\n ')}\n`).join('');
    const key = `${file.name} ${file.version} ${file.architecture}`;
    if (!entries.has(key)) entries.set(key, `${lines}Filename: ./${path}\nSize: ${size}\nSHA256: ${sha256}\n`);
  }
  return [...entries.values()].join('\n');
}

/** Copies the files of the sets alone, to be read. */
export async function copySets(host: Host, machine: Machine, sets: readonly PackageSet[]): Promise<void> {
  await using staging = await host.files.temporary('smoke');
  await stageSets(sets, staging.path);
  await machine.copyIn(staging.path, repository);
}

/** Copies the sets, their index and apt's configuration for them into the machine. */
export async function copyRepository(host: Host, machine: Machine, sets: readonly PackageSet[], packages: readonly OwnPackage[]) {
  await using staging = await host.files.temporary('smoke');
  await mkdir(join(staging.path, 'repository'), { mode: 0o755 });
  await stageSets(sets, join(staging.path, 'repository'));
  await writeFile(join(staging.path, 'repository/Packages'), repositoryIndex(packages));
  await writeFile(join(staging.path, 'sources.list'), sourcesText);
  await writeFile(join(staging.path, 'apt.conf'), localConfigText);
  for (const folder of ['lists', 'lists/partial', 'cache', 'cache/archives', 'cache/archives/partial'])
    await mkdir(join(staging.path, folder), { mode: 0o755 });
  await chmod(staging.path, 0o755);
  await machine.copyIn(staging.path, smokeFolder);
}
