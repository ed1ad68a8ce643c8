import { appendFile } from 'node:fs/promises';
import { CommandError, type ExecResult, type Host, inertLine } from '@release-kit/action';
import { type BaseSystem, type EngineName, type Machine, prepareLayer } from '@release-kit/machine';
import { type AptSurroundings, aptGet } from './apt.ts';
import { durationText } from './build-summary.ts';

/**
 * The base system that cross-compiles: the foreign architecture known to dpkg and apt, the toolchain, and the C and C++ libraries of
 * that architecture. sbuild and pbuilder install the latter as well: crossbuild-essential does not depend on them (Debian bug 815172), and
 * without them dpkg-shlibdeps finds no libc. Made once for all packages. Throws E_BUILD_CROSS.
 */
export async function withToolchain(
  host: Host,
  base: BaseSystem,
  engine: EngineName,
  architecture: string,
  surroundings: AptSurroundings,
  say: (text: string) => void,
): Promise<BaseSystem> {
  const started = host.clock.now();
  host.progress.update(`installing the toolchain for ${architecture}`);
  const layer = await prepareLayer(host, base, engine, { name: `cross-${architecture}`, inputs: { recipe: 1 } }, (machine) =>
    installToolchain(machine, architecture, surroundings),
  );
  const how =
    layer.origin === 'archive' ? `installed in ${durationText(host.clock.now() - started)}` : `from the ${layer.origin.replace('-', ' ')}`;
  say(`toolchain for ${architecture}: ${how}`);
  return layer;
}

async function installToolchain(machine: Machine, architecture: string, surroundings: AptSurroundings): Promise<void> {
  await machine.run(['dpkg', '--add-architecture', architecture]);
  await appendFile(surroundings.logFile, `-- the toolchain for ${architecture} --\n`);
  requireDone(await aptGet(machine, ['update'], surroundings), `the archive's lists for ${architecture} cannot be read`);
  const { stdout } = await machine.run(['g++', '-dumpversion']);
  const version = /^\d+/.exec(stdout)?.[0] ?? '';
  const packages = [`crossbuild-essential-${architecture}`, `libc6-dev:${architecture}`, `libstdc++-${version}-dev:${architecture}`];
  requireDone(
    await aptGet(machine, ['install', ...packages], surroundings),
    `the distribution has no complete toolchain for ${architecture}`,
  );
  await aptGet(machine, ['clean'], surroundings);
}

function requireDone({ exitCode, stdout, stderr }: ExecResult, problem: string): void {
  if (exitCode === 0) return;
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  // `E: Failed to fetch <address>  404  Not Found [IP: …]`
  const reason = lines
    .map((line) => /^E: (?:Failed to fetch \S+\s+)?(.{1,200}?)(?: \[IP: .*)?$/.exec(line)?.[1])
    .find((found) => found !== undefined);
  throw new CommandError('E_BUILD_CROSS', inertLine(`${problem}${reason === undefined ? '' : `: ${reason}`}`), {
    argv: ['apt-get'],
    exitCode,
    signal: null,
    lastLines: lines.slice(-12).map(inertLine),
  });
}
