import { appendFile, chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, type Host, inertLine } from '@release-kit/action';
import { type BaseSystem, type EngineName, type Machine, prepareLayer } from '@release-kit/machine';
import { type AptSurroundings, aptGet } from './apt.ts';
import type { LocalPackage } from './local-packages.ts';

const folder = '/var/lib/release-kit/packages';
const sources = '/etc/apt/sources.list.d/release-kit-local.list';

/**
 * The base system in which apt takes these packages before the archive's. Nobody signed them, so apt is told to trust this folder:
 * in a machine that is thrown away, for packages whose digests are known. Kept as a layer, by their digests.
 */
export async function withLocalPackages(
  host: Host,
  base: BaseSystem,
  engine: EngineName,
  packages: readonly LocalPackage[],
  surroundings: AptSurroundings,
): Promise<BaseSystem> {
  if (packages.length === 0) return base;
  const inputs = { recipe: 1, packages: packages.map(({ name, sha256 }) => [name, sha256]) };
  const layer = await prepareLayer(host, base, engine, { name: 'local-packages', inputs }, (machine) =>
    addRepository(host, machine, packages, surroundings),
  );
  host.log.info(`packages of your own for the build: ${packages.map(({ name }) => inertLine(name)).join(', ')}`);
  return layer;
}

async function addRepository(
  host: Host,
  machine: Machine,
  packages: readonly LocalPackage[],
  surroundings: AptSurroundings,
): Promise<void> {
  await using staging = await host.files.temporary('local-packages');
  for (const { name, file } of packages) {
    await copyFile(file, join(staging.path, name));
    await chmod(join(staging.path, name), 0o644);
  }
  // apt reads it as a user of its own.
  await chmod(staging.path, 0o755);
  await machine.copyIn(staging.path, folder);
  await appendFile(surroundings.logFile, '-- packages of your own --\n');
  await machine.run(['sh', '-c', 'dpkg-scanpackages --multiversion . > Packages'], {
    cwd: folder,
    logFile: surroundings.logFile,
    errorCode: 'E_DEB',
    failure: 'one of the local packages cannot be read',
    timeout: surroundings.timeout(),
  });
  await write(machine, sources, `deb [trusted=yes] file:${folder} ./\n`);
  // Also before a newer one of the archive: what the user built is what is meant.
  await write(machine, '/etc/apt/preferences.d/release-kit-local', 'Package: *\nPin: origin ""\nPin-Priority: 1001\n');
  const only = ['-o', `Dir::Etc::sourcelist=${sources}`, '-o', 'Dir::Etc::sourceparts=-', '-o', 'APT::Get::List-Cleanup=0'];
  const { exitCode, stdout, stderr } = await aptGet(machine, [...only, 'update'], surroundings);
  if (exitCode === 0) return;
  throw new CommandError('E_BUILD_DEPENDS', 'apt cannot use the local packages', {
    argv: ['apt-get', 'update'],
    exitCode,
    signal: null,
    lastLines: `${stdout}\n${stderr}`
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-12)
      .map(inertLine),
  });
}

async function write(machine: Machine, file: string, text: string): Promise<void> {
  await machine.run(['sh', '-c', 'cat > "$0"', file], { stdin: text });
}
